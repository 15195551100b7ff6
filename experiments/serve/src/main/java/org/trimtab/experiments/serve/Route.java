package org.trimtab.experiments.serve;

import io.undertow.server.HttpHandler;
import java.util.Map;

/**
 * A method at a path.
 *
 * @param summary for people
 * @param contentType of what it answers when all is well
 * @param statuses that it answers, with what they mean
 */
record Route(
    String method,
    String path,
    String summary,
    String contentType,
    Map<Integer, String> statuses,
    HttpHandler handler) {}
