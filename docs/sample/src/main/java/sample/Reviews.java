package sample;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.trimtab.LabelledTexts;
import org.trimtab.TunedModel;
import org.trimtab.Tuner;

/** Tunes a prompt on reviews, saves it, and labels a text with what was saved. */
final class Reviews {
  private Reviews() {}

  static void tune(List<String> texts, List<String> labels, Path folder) {
    try (TunedModel reviews =
        Tuner.onMiniLm()
            .method("prompt", Map.of("length", 10))
            .set("train.epochs", 3)
            .train(LabelledTexts.of(texts, labels))) {
      reviews.save(folder);
    }
  }

  static String label(String text, Path folder) {
    try (TunedModel reviews = TunedModel.load(folder)) {
      return reviews.predict(text).word();
    }
  }
}
