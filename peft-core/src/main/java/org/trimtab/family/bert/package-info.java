/** BERT and those that differ from it in numbers or names. */
@NullMarked
package org.trimtab.family.bert;

import org.jspecify.annotations.NullMarked;
