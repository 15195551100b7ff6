/** LoRA and DoRA. */
@NullMarked
package org.trimtab.methods.lora;

import org.jspecify.annotations.NullMarked;
