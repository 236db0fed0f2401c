package dev.sardonyx.runtime.report;

import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonText;
import dev.sardonyx.api.json.JsonValue;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven by its DevTools protocol. */
final class Browser implements AutoCloseable {
  /** What to do where there is none. */
  static final String LACKING =
      "no chromium, chromium-browser or google-chrome on the PATH: install one (Debian: apt install"
          + " chromium) for the tests of pages";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Map<String, JsonValue>>> pending =
      new ConcurrentHashMap<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

  private Browser(Path program) throws IOException, InterruptedException {
    profile = Files.createTempDirectory("sardonyx-browser");
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      HttpClient client = HttpClient.newHttpClient();
      socket =
          client.newWebSocketBuilder().buildAsync(URI.create(page(client)), new Messages()).join();
    } catch (IOException | InterruptedException | RuntimeException error) {
      end();
      throw error;
    }
    for (String domain : List.of("Page", "Runtime", "Log")) {
      call(domain + ".enable", "{}");
    }
  }

  /** The program, if this machine has one. */
  static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Browser start() throws IOException, InterruptedException {
    return new Browser(program().orElseThrow());
  }

  /** The socket of the one page. */
  private String page(HttpClient client) throws IOException, InterruptedException {
    Path active = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(active) || Files.readAllLines(active).size() < 2) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IOException("Chromium has not started");
      }
      Thread.sleep(20);
    }
    var list =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + Files.readAllLines(active).get(0) + "/json/list"))
            .build();
    while (System.nanoTime() < end) {
      byte[] body = client.send(list, HttpResponse.BodyHandlers.ofByteArray()).body();
      for (JsonValue target :
          ((JsonValue.JsonArray) JsonReader.read(ByteBuffer.wrap(body))).elements()) {
        Map<String, JsonValue> members = ((JsonValue.JsonObject) target).members();
        if (text(members, "type").equals("page")) {
          return text(members, "webSocketDebuggerUrl");
        }
      }
      Thread.sleep(20);
    }
    throw new IOException("Chromium has no page");
  }

  /** Opens a file in a window of a size, and waits until it is loaded. */
  void open(Path file, int width, int height, String scheme) {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\": %d, \"height\": %d, \"deviceScaleFactor\": 1, \"mobile\": false}"
            .formatted(width, height));
    call(
        "Emulation.setEmulatedMedia",
        "{\"features\": [{\"name\": \"prefers-color-scheme\", \"value\": \"%s\"}]}"
            .formatted(scheme));
    loaded = new CompletableFuture<>();
    errors.clear();
    call("Page.navigate", "{\"url\": " + JsonText.quoted(file.toUri().toString()) + "}");
    loaded.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** What JavaScript computes, as text; a promise is waited for. */
  String evaluate(String script) {
    Map<String, JsonValue> answer =
        call(
            "Runtime.evaluate",
            "{\"returnByValue\": true, \"awaitPromise\": true, \"expression\": "
                + JsonText.quoted("(async () => String(await (" + script + ")))()")
                + "}");
    if (answer.containsKey("exceptionDetails")) {
      throw new AssertionError(script + ": " + answer.get("exceptionDetails"));
    }
    return text(object(answer, "result").members(), "value");
  }

  private static JsonValue.JsonObject object(Map<String, JsonValue> members, String name) {
    if (members.get(name) instanceof JsonValue.JsonObject object) {
      return object;
    }
    throw new AssertionError("expected an object as '" + name + "', found " + members.get(name));
  }

  double number(String script) {
    return Double.parseDouble(evaluate(script));
  }

  /** Presses and releases the left button at a place of the window. */
  void click(double x, double y) {
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          "{\"type\": \"%s\", \"x\": %s, \"y\": %s, \"button\": \"left\", \"clickCount\": 1}"
              .formatted(type, x, y));
    }
  }

  void type(String text) {
    call("Input.insertText", "{\"text\": " + JsonText.quoted(text) + "}");
  }

  void press(String key) {
    for (String type : List.of("keyDown", "keyUp")) {
      call("Input.dispatchKeyEvent", "{\"type\": \"%s\", \"key\": \"%s\"}".formatted(type, key));
    }
  }

  /** A picture of the window, or of the whole page. */
  void screenshot(Path file, boolean whole) throws IOException {
    Map<String, JsonValue> answer =
        call("Page.captureScreenshot", "{\"captureBeyondViewport\": " + whole + "}");
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(text(answer, "data")));
  }

  /**
   * Errors that the page which is open has logged or thrown, what its policy has refused included.
   */
  List<String> errors() {
    return new ArrayList<>(errors);
  }

  private Map<String, JsonValue> call(String method, String parameters) {
    int id = ids.incrementAndGet();
    var answer = new CompletableFuture<Map<String, JsonValue>>();
    pending.put(id, answer);
    socket
        .sendText(
            "{\"id\": %d, \"method\": \"%s\", \"params\": %s}".formatted(id, method, parameters),
            true)
        .join();
    return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static String text(Map<String, JsonValue> members, String name) {
    return members.get(name) instanceof JsonValue.JsonString(String value) ? value : "";
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    end();
  }

  private void end() throws IOException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle one : all) {
      one.onExit().completeOnTimeout(one, 5, TimeUnit.SECONDS).join();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Takes apart what the page says: answers, and events. */
  private final class Messages implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        byte[] whole = message.toString().getBytes(StandardCharsets.UTF_8);
        message.setLength(0);
        receive(((JsonValue.JsonObject) JsonReader.read(ByteBuffer.wrap(whole))).members());
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void receive(Map<String, JsonValue> members) {
      if (members.get("id") instanceof JsonValue.JsonNumber(String digits)) {
        CompletableFuture<Map<String, JsonValue>> waiting =
            Objects.requireNonNull(pending.remove(Integer.parseInt(digits)), digits);
        if (members.get("result") instanceof JsonValue.JsonObject(var result)) {
          waiting.complete(result);
        } else {
          waiting.completeExceptionally(new AssertionError(members.get("error")));
        }
        return;
      }
      JsonValue.JsonObject parameters = object(members, "params");
      switch (text(members, "method")) {
        case "Page.loadEventFired" -> loaded.complete(null);
        case "Runtime.exceptionThrown", "Log.entryAdded" -> errors.add(parameters.toString());
        case "Runtime.consoleAPICalled" -> {
          if (!text(parameters.members(), "type").equals("log")) {
            errors.add(parameters.toString());
          }
        }
        default -> {} // events that no test waits for
      }
    }
  }
}
