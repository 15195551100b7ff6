/** What a method says of its form in the files of Hugging Face PEFT. */
@NullMarked
package org.trimtab.peft;

import org.jspecify.annotations.NullMarked;
