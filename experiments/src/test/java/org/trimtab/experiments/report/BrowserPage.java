package org.trimtab.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** A page in a browser: what a reader does with it, and what it shows. */
final class BrowserPage {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DevTools tools;
  private final String session;

  private BrowserPage(DevTools tools, String session) {
    this.tools = tools;
    this.session = session;
  }

  static BrowserPage in(DevTools tools) {
    String target =
        tools
            .call("", "Target.createTarget", SampleReport.object().put("url", "about:blank"))
            .path("targetId")
            .asText();
    ObjectNode attach = SampleReport.object().put("targetId", target).put("flatten", true);
    String session = tools.call("", "Target.attachToTarget", attach).path("sessionId").asText();
    BrowserPage page = new BrowserPage(tools, session);
    List.of("Page", "Runtime", "Network", "Log").forEach(domain -> page.call(domain + ".enable"));
    return page;
  }

  /** Opens a file and waits until it is loaded. */
  void open(Path file) throws InterruptedException {
    call("Page.navigate", SampleReport.object().put("url", file.toUri().toString()));
    waitFor("document.readyState === 'complete' && location.protocol === 'file:'");
  }

  /** The value of an expression; a promise is waited for. */
  JsonNode value(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            SampleReport.object()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** The elements that match. */
  int count(String selector) {
    return value("document.querySelectorAll(" + quoted(selector) + ").length").asInt();
  }

  /** What the page says. */
  String text() {
    return value("document.body.innerText").asText();
  }

  void waitFor(String condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!value(condition).asBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("never true: " + condition);
      }
      Thread.sleep(20);
    }
  }

  void size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        SampleReport.object()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", width < 600 ? 2 : 1)
            .put("mobile", width < 600));
  }

  /** {@code light} or {@code dark}. */
  void scheme(String scheme) {
    ObjectNode media = SampleReport.object();
    media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", scheme);
    call("Emulation.setEmulatedMedia", media);
  }

  /** Moves the pointer to the middle of the first element that matches, scrolled into sight. */
  void hover(String selector) {
    JsonNode middle = middle(selector);
    mouse("mouseMoved", middle);
  }

  void click(String selector) {
    JsonNode middle = middle(selector);
    mouse("mouseMoved", middle);
    mouse("mousePressed", middle);
    mouse("mouseReleased", middle);
  }

  private JsonNode middle(String selector) {
    return value(
        "new Promise(done => { const n = document.querySelector("
            + quoted(selector)
            + "); n.scrollIntoView({ block: 'center', inline: 'center' });"
            + " requestAnimationFrame(() => requestAnimationFrame(() => {"
            + " const b = n.getBoundingClientRect();"
            + " done({ x: b.x + b.width / 2, y: b.y + b.height / 2 }); })); })");
  }

  private void mouse(String type, JsonNode at) {
    boolean moved = type.equals("mouseMoved");
    call(
        "Input.dispatchMouseEvent",
        SampleReport.object()
            .put("type", type)
            .put("x", at.path("x").asDouble())
            .put("y", at.path("y").asDouble())
            .put("button", moved ? "none" : "left")
            .put("clickCount", moved ? 0 : 1));
  }

  void focus(String selector) {
    value("document.querySelector(" + quoted(selector) + ").focus()");
  }

  /** Presses and releases a key by its name; Enter and the space bar type a text too. */
  void press(String key, int code) {
    ObjectNode press = SampleReport.object().put("key", key).put("code", key);
    press.put("windowsVirtualKeyCode", code);
    String text = key.equals("Enter") ? "\r" : "";
    call("Input.dispatchKeyEvent", press.deepCopy().put("type", "keyDown").put("text", text));
    call("Input.dispatchKeyEvent", press.put("type", "keyUp"));
  }

  void type(String text) {
    call("Input.insertText", SampleReport.object().put("text", text));
  }

  /** The whole page, or the first element that matches. */
  void screenshot(Path file, String selector) throws IOException {
    JsonNode box =
        value(
            "(() => { window.scrollTo(0, 0); const b = document.querySelector("
                + quoted(selector)
                + ").getBoundingClientRect();"
                + " return { x: Math.max(0, b.x - 16), y: Math.max(0, b.y),"
                + " width: Math.min(b.width + 32, innerWidth), height: b.height }; })()");
    ObjectNode shot = SampleReport.object().put("captureBeyondViewport", true);
    ObjectNode clip = shot.putObject("clip").put("scale", 1);
    box.properties().forEach(side -> clip.set(side.getKey(), side.getValue()));
    write(file, shot);
  }

  /** What the window shows. */
  void screenshot(Path file) throws IOException {
    write(file, SampleReport.object());
  }

  private void write(Path file, ObjectNode shot) throws IOException {
    String data = call("Page.captureScreenshot", shot).path("data").asText();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(data));
  }

  /** Messages of the console and the log, and exceptions. */
  List<String> complaints() {
    return told("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded");
  }

  /** The addresses of all requests. */
  List<String> requests() {
    return tools.events(session).stream()
        .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").asText())
        .toList();
  }

  private List<String> told(String... methods) {
    List<String> wanted = List.of(methods);
    return tools.events(session).stream()
        .filter(event -> wanted.contains(event.path("method").asText()))
        .map(JsonNode::toString)
        .toList();
  }

  private JsonNode call(String method) {
    return call(method, SampleReport.object());
  }

  private JsonNode call(String method, ObjectNode parameters) {
    return tools.call(session, method, parameters);
  }

  private static String quoted(String text) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }
}
