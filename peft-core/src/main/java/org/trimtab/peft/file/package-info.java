/** The adapter folders of Hugging Face PEFT, read and written. */
@NullMarked
package org.trimtab.peft.file;

import org.jspecify.annotations.NullMarked;
