package org.trimtab.experiments.track.mlflow;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.trimtab.base.UserError;

/**
 * How a process shows a server who it is, by the variables that MLflow's own clients read. They
 * stand in no file and no message.
 */
final class Credentials {
  private static final String URI_VARIABLE = "MLFLOW_TRACKING_URI";
  private static final String USER = "MLFLOW_TRACKING_USERNAME";
  private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
  private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";

  private Credentials() {}

  /**
   * The value of the header {@code Authorization}: of user and password, else of those in {@code
   * MLFLOW_TRACKING_URI} where it names {@code server}, else of the token.
   *
   * @throws UserError for a user without a password, or the other way round
   */
  static Optional<String> of(Map<String, String> environment, URI server) {
    Optional<String> user = value(environment, USER);
    Optional<String> password = value(environment, PASSWORD);
    if (user.isPresent() != password.isPresent()) {
      throw new UserError(
          user.isPresent()
              ? USER + " is set, but " + PASSWORD + " is not"
              : PASSWORD + " is set, but " + USER + " is not");
    }
    return user.map(name -> name + ":" + password.orElseThrow())
        .or(() -> value(environment, URI_VARIABLE).flatMap(uri -> userOf(uri, server)))
        .map(pair -> "Basic " + base64(pair))
        .or(() -> value(environment, TOKEN).map(token -> "Bearer " + token));
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  private static Optional<String> userOf(String uri, URI server) {
    try {
      URI told = new URI(uri);
      boolean same =
          Objects.equals(told.getScheme(), server.getScheme())
              && Objects.equals(told.getHost(), server.getHost())
              && told.getPort() == server.getPort();
      return same ? Optional.ofNullable(told.getUserInfo()) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty(); // it may name a folder, which has no user
    }
  }

  private static String base64(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
