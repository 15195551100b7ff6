package sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.MethodSettings;
import org.trimtab.TunedModel;
import org.trimtab.methods.lora.LoraConfig;

/** Runs the sample on a few made-up reviews; its argument is a folder for what is saved. */
public final class Main {
  private Main() {}

  /**
   * Tunes, saves, loads and labels.
   *
   * @throws IllegalStateException if what comes out is no label
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    List<String> texts = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (String what : List.of("film", "book", "play", "song", "meal")) {
      texts.add("What a lovely " + what + ", I enjoyed it.");
      labels.add("good");
      texts.add("What an awful " + what + ", I hated it.");
      labels.add("bad");
    }
    Reviews.tune(texts, labels, folder);
    String label = Reviews.label("A wonderful evening.", folder);
    if (!labels.contains(label)) {
      throw new IllegalStateException("no label: " + label);
    }
    System.out.println("label: " + label);
    System.out.println("rank: " + MethodSettings.defaults(LoraConfig.class).withRank(4).rank());
    try (TunedModel loaded = TunedModel.load(folder)) {
      System.out.println("classes: " + loaded.classes());
    }
  }
}
