package org.trimtab.experiments.track.mlflow;

import java.net.URI;
import java.net.URISyntaxException;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.experiments.track.RunTrackerConfig;
import org.trimtab.experiments.track.TrackedRun;
import org.trimtab.experiments.track.Tracker;

/**
 * An MLflow tracking server. Credentials are the environment's alone ({@link Credentials}).
 *
 * @param uri of the server, without a user
 * @param experiment by its name; made where it isn't there
 */
public record MlflowConfig(String uri, String experiment) implements RunTrackerConfig {
  public MlflowConfig {
    requireServer(uri);
    if (experiment.isBlank()) {
      throw new Invalid("experiment", "is empty; allowed a name");
    }
  }

  private static void requireServer(String uri) {
    URI parsed;
    try {
      parsed = new URI(uri);
    } catch (URISyntaxException e) {
      throw new Invalid("uri", "is no address; allowed one such as http://127.0.0.1:5000");
    }
    if (parsed.getRawUserInfo() != null
        || (parsed.getRawAuthority() != null && parsed.getRawAuthority().contains("@"))) {
      throw new Invalid(
          "uri",
          "has a user or a password, which would stand in every run's files; allowed in the"
              + " environment: MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
              + " MLFLOW_TRACKING_TOKEN");
    }
    boolean web = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
    if (!web
        || parsed.getHost() == null
        || parsed.getRawQuery() != null
        || parsed.getRawFragment() != null) {
      throw new Invalid(
          "uri",
          "found " + uri + "; allowed the address of a server, such as http://127.0.0.1:5000");
    }
  }

  @Override
  public void requireReady() {
    try {
      server().experiment(experiment);
    } catch (MlflowFailure e) {
      throw new UserError(
          "trackers: mlflow: "
              + e.getMessage()
              + "; start the server, mend the uri, or leave the tracker out",
          e);
    }
  }

  @Override
  public Tracker begin(TrackedRun run) {
    return new MlflowTracker(new MlflowSession(server(), experiment, run), run.notes());
  }

  private MlflowServer server() {
    URI address = URI.create(uri.replaceFirst("/+$", ""));
    return new MlflowServer(address, Credentials.of(System.getenv(), address));
  }
}
