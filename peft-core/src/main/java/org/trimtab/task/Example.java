package org.trimtab.task;

import java.util.Optional;

/**
 * A text, or a pair of them, with its gold value where it is known.
 *
 * @param place the file and line that it stands at
 */
public record Example<Y>(String place, String text, Optional<String> pair, Optional<Y> gold) {}
