/** TensorBoard's event files. */
@NullMarked
package org.trimtab.experiments.track.tensorboard;

import org.jspecify.annotations.NullMarked;
