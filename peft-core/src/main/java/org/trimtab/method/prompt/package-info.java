/** What every method that makes a soft prompt shares: how it starts and how it joins the input. */
@NullMarked
package org.trimtab.method.prompt;

import org.jspecify.annotations.NullMarked;
