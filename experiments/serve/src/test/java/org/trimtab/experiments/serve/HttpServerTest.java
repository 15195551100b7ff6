package org.trimtab.experiments.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.base.UserError;
import org.trimtab.experiments.serving.Limits;
import org.trimtab.experiments.serving.PredictionServer.Offer;
import org.trimtab.experiments.serving.Row;
import org.trimtab.experiments.serving.ServedTask;

@Timeout(60)
class HttpServerTest {
  private static final Limits LIMITS = new Limits(1, 4, 1_000, 5, 100, 8, 20_000);
  private static final List<ServedTask> TASKS =
      List.of(
          new ServedTask("mood", List.of("sad", "glad"), "tiny", "lora", 40),
          new ServedTask("topic<x>", List.of("a", "b"), "tiny", "prompt", 40));

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<Throwable> reported = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(HttpServer::close);
  }

  private HttpServer server(FakeModels models, Limits limits) {
    Offer offer = new Offer("127.0.0.1", 0, TASKS, limits);
    HttpServer server = HttpServer.start(offer, models, reported::add);
    servers.add(server);
    return server;
  }

  private Client client(FakeModels models, Limits limits) {
    return new Client(server(models, limits).port());
  }

  private Client client() {
    return client(FakeModels.free(), LIMITS);
  }

  private static void until(BooleanSupplier holds) throws InterruptedException {
    while (!holds.getAsBoolean()) { // the test's own timeout bounds it
      Thread.sleep(5);
    }
  }

  @Test
  void textsAndPairsAreAnsweredInTheirOrder() {
    Client.Got got = client().ask("mood", "long one", "b", List.of("c", "d"));
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.body().strip())
        .isEqualTo(
            "{\"task\":\"mood\",\"predictions\":["
                + "{\"label\":\"long one\",\"scores\":{\"sad\":0.25,\"glad\":0.75},\"truncated\":true},"
                + "{\"label\":\"b\",\"scores\":{\"sad\":0.25,\"glad\":0.75},\"truncated\":false},"
                + "{\"label\":\"c|d\",\"scores\":{\"sad\":0.25,\"glad\":0.75},\"truncated\":false}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"task\":\"mood\"}~400~texts: found nothing; allowed a list of texts",
        "{\"texts\":[\"a\"]}~400~task: found nothing; allowed the name of a task",
        "{\"task\":1,\"texts\":[\"a\"]}~400~task: found 1; allowed the name of a task",
        "{\"task\":\"mood\",\"texts\":\"a\"}~400~texts: found \"a\"; allowed a list",
        "{\"task\":\"mood\",\"texts\":[1]}~400~texts[0]: found 1; allowed a text, or a pair",
        "{\"task\":\"mood\",\"texts\":[null]}~400~texts[0]: found null",
        "{\"task\":\"mood\",\"texts\":[[\"a\"]]}~400~texts[0]: found [\"a\"]",
        "{\"task\":\"mood\",\"texts\":[\"a\",[\"a\",\"b\",\"c\"]]}~400~texts[1]: found",
        "{\"task\":\"mood\",\"texts\":[\"a\"],\"Text\":1}~400~unknown key; found Text; allowed task",
        "{\"task\":\"mood\",\"task\":\"mood\",\"texts\":[\"a\"]}~400~Duplicate field 'task'",
        "{\"task\":\"mood\",\"texts\":[\"\\ud800\"]}~400~half of a character",
        "{\"task\":\"mood\",\"texts\":[\"a\"]} x~400~body:1:",
        "[]~400~body: found []; allowed an object",
        "nonsense~400~body:1:",
        "{\"task\":\"moood\",\"texts\":[\"a\"]}~404~found moood; allowed mood, topic<x>; did you mean"
            + " 'mood'?",
        "{\"task\":\"mood\",\"texts\":[]}~422~texts: found 0; allowed 1 to 5 a request",
        "{\"task\":\"mood\",\"texts\":[\"\",\"\",\"\",\"\",\"\",\"\"]}~422~texts: found 6; allowed 1"
      })
  void aBodyThatIsNotAsItShouldBeIsToldInOneLine(String body, int status, String error) {
    Client.Got got = client().post(body);
    assertThat(got.status()).as(got.body()).isEqualTo(status);
    assertThat(got.error()).contains(error).doesNotContain("\n");
    assertThat(got.json()).hasSize(1);
  }

  @Test
  void bodiesThatAreEmptyOrNotUtf8OrTooLargeAreRefused() {
    Client client = client();
    assertThat(client.post("").error()).startsWith("body: found nothing");
    byte[] latin = "{\"task\":\"mood\",\"texts\":[\"é\"]}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(client.post(latin).error()).isEqualTo("body: not UTF-8");
    assertThat(client.post(latin).status()).isEqualTo(400);
    Client.Got large = client.post("x".repeat(1_001));
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.error()).isEqualTo("body: found 1001 bytes; allowed 1000 bytes");
    assertThat(client.ask("mood", "x".repeat(101)).error())
        .isEqualTo("texts[0]: found 101 characters; allowed 100");
    assertThat(client.ask("mood", "a", List.of("x".repeat(60), "x".repeat(60))).status())
        .isEqualTo(422);
    assertThat(client.ask("mood", "x".repeat(100)).status()).isEqualTo(200);
  }

  @Test
  void aLargeBodyOfUnknownLengthIsRefused() {
    Client client = client();
    byte[] body = "x".repeat(5_000).getBytes(StandardCharsets.UTF_8);
    Client.Got got =
        client.send(
            client.posting(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    assertThat(got.status()).isEqualTo(413);
    assertThat(got.error()).isEqualTo("body: found more; allowed 1000 bytes");
  }

  @Test
  void aBodyInManyPiecesIsRead() throws IOException {
    int port = server(FakeModels.free(), LIMITS).port();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      String body = "{\"task\":\"mood\",\"texts\":[\"é\"]}";
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      String head =
          "POST /predict HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
              + length
              + "\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n";
      for (byte one : (head + body).getBytes(StandardCharsets.UTF_8)) {
        out.write(one);
        out.flush();
      }
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200")
          .contains("\"label\":\"é\"");
    }
  }

  @Test
  void otherTypesMethodsAndPathsAreRefused() {
    Client client = client();
    HttpRequest.BodyPublisher body = BodyPublishers.ofString("{}");
    Client.Got none = client.send(client.to("/predict").POST(body).build());
    assertThat(none.status()).isEqualTo(415);
    assertThat(none.error()).startsWith("Content-Type: found none; allowed application/json");
    for (String type : List.of("text/plain", "application/json; charset=latin1")) {
      HttpRequest request = client.to("/predict").header("Content-Type", type).POST(body).build();
      assertThat(client.send(request).status()).as(type).isEqualTo(415);
    }
    Client.Got get = client.get("/predict");
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.error()).isEqualTo("method: found GET; allowed POST");
    assertThat(get.whole().headers().firstValue("Allow")).contains("POST");
    assertThat(client.send(client.to("/tasks").DELETE().build()).status()).isEqualTo(405);
    Client.Got path = client.get("/task");
    assertThat(path.status()).isEqualTo(404);
    assertThat(path.error()).endsWith("did you mean '/tasks'?");
  }

  @Test
  void oneTextsFaultHarmsNoOther() throws InterruptedException {
    FakeModels models = FakeModels.held();
    Client client = client(models, LIMITS);
    CompletableFuture<Client.Got> first = client.asked("mood", "x");
    until(() -> models.batches().size() == 1);
    CompletableFuture<Client.Got> good = client.asked("mood", "a", "b");
    CompletableFuture<Client.Got> mixed = client.asked("mood", "c", "bad", "d");
    CompletableFuture<Client.Got> bad = client.asked("mood", "bad too");
    models.let();
    assertThat(List.of(first.join().status(), good.join().status())).containsOnly(200);
    JsonNode told = mixed.join().json().path("predictions");
    assertThat(told.get(0).path("label").textValue()).isEqualTo("c");
    assertThat(told.get(1).path("error").textValue()).isEqualTo("no finite states: bad");
    assertThat(told.get(2).path("label").textValue()).isEqualTo("d");
    assertThat(bad.join().status()).isEqualTo(500);
    assertThat(client.get("/metrics").body())
        .contains("trimtab_failed_texts_total{task=\"mood\"} 2.0");
    assertThat(reported).hasSize(2);
  }

  @Test
  void whatWaitsIsPutTogetherByTaskAndLength() throws InterruptedException {
    FakeModels models = FakeModels.held();
    Client client = client(models, LIMITS);
    CompletableFuture<Client.Got> first = client.asked("mood", "x");
    until(() -> models.batches().size() == 1);
    List<CompletableFuture<Client.Got>> asked =
        List.of(
            client.asked("topic<x>", "1"),
            client.asked("mood", "55555", "1"),
            client.asked("mood", "333", "22", "4444"));
    until(() -> client.get("/metrics").body().contains("trimtab_queue_texts 6.0"));
    models.let();
    asked.forEach(one -> assertThat(one.join().status()).isEqualTo(200));
    assertThat(first.join().status()).isEqualTo(200);
    assertThat(models.batches().get(1).stream().map(Row::text))
        .containsExactly("1", "22", "333", "4444");
    assertThat(models.batches().get(2).stream().map(Row::text)).containsExactly("55555", "1");
  }

  @Test
  void aFullQueueRefusesAndRecovers() throws InterruptedException {
    FakeModels models = FakeModels.held();
    Client client = client(models, LIMITS);
    CompletableFuture<Client.Got> first = client.asked("mood", "x");
    until(() -> models.batches().size() == 1);
    List<CompletableFuture<Client.Got>> waiting =
        List.of(client.asked("mood", "1", "2", "3", "4"), client.asked("mood", "1", "2", "3"));
    until(() -> client.get("/metrics").body().contains("trimtab_queue_texts 7.0"));
    Client.Got refused = client.ask("mood", "1", "2");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.error()).startsWith("queue: found 7 texts waiting, and 2 more; allowed 8");
    assertThat(refused.whole().headers().firstValue("Retry-After")).contains("1");
    models.let();
    waiting.forEach(one -> assertThat(one.join().status()).isEqualTo(200));
    assertThat(first.join().status()).isEqualTo(200);
    assertThat(client.ask("mood", "1", "2").status()).isEqualTo(200);
  }

  @Test
  void whatTakesTooLongIsToldAndForgotten() throws InterruptedException {
    FakeModels models = FakeModels.held();
    Client client = client(models, new Limits(1, 4, 1_000, 5, 100, 8, 200));
    CompletableFuture<Client.Got> first = client.asked("mood", "x");
    until(() -> models.batches().size() == 1);
    Client.Got late = client.ask("mood", "y");
    assertThat(late.status()).isEqualTo(504);
    assertThat(late.error()).isEqualTo("timeout: no answer after 200 ms, as allowed");
    assertThat(first.join().status()).isEqualTo(504);
    models.let();
    assertThat(client.ask("mood", "z").status()).isEqualTo(200);
    assertThat(models.batches().stream().flatMap(List::stream).map(Row::text))
        .containsExactly("x", "z");
  }

  @Test
  void aStopInTheMiddleOfABatchAnswersAllThatCame() throws Exception {
    FakeModels models = FakeModels.held();
    HttpServer server = server(models, LIMITS);
    Client client = new Client(server.port());
    CompletableFuture<Client.Got> computing = client.asked("mood", "x");
    until(() -> models.batches().size() == 1);
    CompletableFuture<Client.Got> waiting = client.asked("mood", "y");
    until(() -> client.get("/metrics").body().contains("trimtab_queue_texts 1.0"));
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
    until(() -> client.get("/health").status() == 503);
    Client.Got refused = client.ask("mood", "z");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.error()).isEqualTo("the server is stopping");
    assertThat(stopped).isNotDone();
    models.let();
    assertThat(computing.join().status()).isEqualTo(200);
    assertThat(waiting.join().status()).isEqualTo(200);
    stopped.get(30, TimeUnit.SECONDS);
    assertThat(models.closed()).isTrue();
    assertThatThrownBy(() -> client.get("/health")).hasMessageContaining("ConnectException");
  }

  @Test
  void whatIsServedIsTold() {
    Client client = client();
    assertThat(client.get("/health").body().strip()).isEqualTo("{\"status\":\"ready\"}");
    JsonNode told = client.get("/tasks").json();
    assertThat(told.path("tasks").get(0).toString())
        .isEqualTo(
            "{\"name\":\"mood\",\"labels\":[\"sad\",\"glad\"],\"backbone\":\"tiny\","
                + "\"method\":\"lora\",\"maximum_length\":40}");
    assertThat(told.path("limits").path("body_bytes").intValue()).isEqualTo(1_000);
    assertThat(client.get("/").body()).contains("topic&lt;x&gt;").doesNotContain("topic<x>");
  }

  @Test
  void requestsAreCountedByTaskAndStatus() {
    Client client = client();
    client.ask("mood", "long", "b");
    client.ask("other", "a");
    client.post("{");
    client.get("/any/thing");
    assertThat(client.get("/metrics").body())
        .contains(
            "trimtab_requests_total{path=\"/predict\",status=\"200\",task=\"mood\"} 1.0",
            "trimtab_requests_total{path=\"/predict\",status=\"404\",task=\"\"} 1.0",
            "trimtab_requests_total{path=\"/predict\",status=\"400\",task=\"\"} 1.0",
            "trimtab_requests_total{path=\"other\",status=\"404\",task=\"\"} 1.0",
            "trimtab_truncated_texts_total{task=\"mood\"} 1.0",
            "trimtab_predict_seconds_count{task=\"mood\"} 1",
            "trimtab_batch_texts_sum 2.0",
            "trimtab_queue_texts 0.0");
  }

  @Test
  void theOpenApiDocumentIsWhatTheServerDoes() {
    Client client = client();
    JsonNode paths = client.get("/openapi.json").json().path("paths");
    assertThat(paths).hasSize(6);
    paths
        .properties()
        .forEach(
            path -> {
              boolean post = path.getValue().has("post");
              JsonNode responses = path.getValue().path(post ? "post" : "get").path("responses");
              Client.Got got = post ? client.ask("mood", "a") : client.get(path.getKey());
              assertThat(got.status()).as(path.getKey()).isEqualTo(200);
              assertThat(responses.path("200").path("content").fieldNames().next())
                  .isEqualTo(got.whole().headers().firstValue("Content-Type").orElseThrow());
            });
    JsonNode predict = paths.path("/predict").path("post");
    for (int status : new int[] {400, 404, 413, 415, 422, 429, 500, 503, 504}) {
      assertThat(predict.path("responses").has("" + status)).as("" + status).isTrue();
    }
    JsonNode schema =
        predict.path("requestBody").path("content").path("application/json").path("schema");
    assertThat(schema.path("properties").path("texts").path("maxItems").intValue()).isEqualTo(5);
  }

  @Test
  void aPortInUseIsAUsersError() {
    int port = server(FakeModels.free(), LIMITS).port();
    FakeModels models = FakeModels.free();
    Offer offer = new Offer("127.0.0.1", port, TASKS, LIMITS);
    assertThatThrownBy(() -> HttpServer.start(offer, models, reported::add))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--host, --port: can't listen at 127.0.0.1:" + port);
    assertThat(models.closed()).isTrue();
  }
}
