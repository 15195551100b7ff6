package org.trimtab.backbone;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.trimtab.tensor.Tensor;

/**
 * What a forward pass gives a head.
 *
 * @param states the last layer's output (B, T, H), prompt rows among them; where fewer rows are
 *     asked for ({@link TunedInput#reads}), perhaps those alone
 * @param rows which of those rows are what
 * @param spans (B, S, T), up to S marked places of each text: each a weight for every row, one in
 *     all; zero where a text has fewer
 * @param pooler the backbone's pooler, (B, 1, H) to (B, 1, H), where it was asked for
 */
public record Hidden(
    Tensor states, Rows rows, Optional<Tensor> spans, Optional<UnaryOperator<Tensor>> pooler) {}
