package org.trimtab.experiments.report;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.trimtab.base.Sha256;

/**
 * The page's Content-Security-ContentSecurityPolicy: no request at all; style and scripts by their
 * hashes.
 */
final class ContentSecurityPolicy {
  private ContentSecurityPolicy() {}

  static String of(String style, List<String> scripts) {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src "
        + hash(style)
        + "; script-src "
        + scripts.stream().map(ContentSecurityPolicy::hash).collect(Collectors.joining(" "));
  }

  private static String hash(String text) {
    return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.bytes(text)) + "'";
  }
}
