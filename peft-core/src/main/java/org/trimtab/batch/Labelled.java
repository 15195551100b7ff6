package org.trimtab.batch;

import java.util.List;

/**
 * A batch with its gold values.
 *
 * @param <Y> a gold value
 */
public record Labelled<Y>(Batch batch, List<Y> gold) {}
