package dev.sardonyx.runtime.certificate;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonText;
import dev.sardonyx.api.json.JsonValue;
import dev.sardonyx.api.json.JsonValue.JsonArray;
import dev.sardonyx.api.json.JsonValue.JsonNumber;
import dev.sardonyx.api.json.JsonValue.JsonObject;
import dev.sardonyx.api.json.JsonValue.JsonString;
import dev.sardonyx.api.json.JsonValue.JsonWord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Certificates as JSON: the same certificate gives the same bytes, names sorted. */
public final class CertificateFile {
  /** A thousand runs of a model of a thousand weights are a tenth of this. */
  private static final int MOST_BYTES = 1 << 24;

  private CertificateFile() {}

  /** Writes one. Errors: FILE. */
  public static void write(Certificate certificate, Path file) {
    byte[] text = (text(json(certificate), "") + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(text));
  }

  /** Reads one, whoever wrote it. Errors: FILE, FORMAT, LIMIT. */
  public static Certificate read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new SardonyxException(
            ErrorCode.LIMIT, "a certificate has at most " + MOST_BYTES + " bytes");
      }
      return certificate(new Members(JsonReader.read(ByteBuffer.wrap(bytes)), "certificate"));
    } catch (IOException error) {
      throw FileErrors.unreadable(file, error);
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  private static JsonValue json(Certificate certificate) {
    Map<String, JsonValue> all = new TreeMap<>();
    all.put("claim", new JsonString(Certificate.CLAIM));
    all.put("version", number(Certificate.VERSION));
    all.put("date", new JsonString(certificate.date()));
    all.put("model", new JsonString(certificate.model()));
    all.put("modelSha256", new JsonString(certificate.hashes().model()));
    all.put("weightsSha256", new JsonString(certificate.hashes().allWeights()));
    all.put("weights", object(certificate.hashes().weights(), JsonString::new));
    all.put("engines", object(certificate.engines(), JsonString::new));
    all.put(
        "order", new JsonArray(certificate.order().stream().map(CertificateFile::string).toList()));
    all.put("options", object(certificate.options(), JsonString::new));
    all.put("environment", object(certificate.environment(), JsonString::new));
    all.put("runs", new JsonArray(certificate.runs().stream().map(CertificateFile::json).toList()));
    all.put("passed", word(certificate.passed()));
    return new JsonObject(all);
  }

  private static JsonValue string(String text) {
    return new JsonString(text);
  }

  private static JsonValue json(Certificate.Run run) {
    Map<String, JsonValue> all = new TreeMap<>();
    all.put("seed", number(run.seed()));
    all.put("fromFiles", word(run.fromFiles()));
    all.put("sizes", object(run.sizes(), CertificateFile::number));
    all.put("words", object(run.words(), JsonString::new));
    all.put("others", new JsonString(run.others()));
    all.put("inputs", object(run.inputs(), JsonString::new));
    all.put("outputs", new JsonArray(run.outputs().stream().map(CertificateFile::json).toList()));
    all.put("passed", word(run.passed()));
    return new JsonObject(all);
  }

  private static JsonValue json(Certificate.Output output) {
    Map<String, JsonValue> all = new TreeMap<>();
    all.put("output", new JsonString(output.output()));
    all.put("engine", new JsonString(output.engine()));
    all.put("reference", new JsonString(output.reference()));
    all.put("type", new JsonString(output.type()));
    all.put("bounds", object(output.bounds(), CertificateFile::number));
    all.put("maxAbsolute", number(output.maxAbsolute()));
    all.put("relativeL2", number(output.relativeL2()));
    all.put("severity", number(output.severity()));
    all.put("passed", word(output.passed()));
    return new JsonObject(all);
  }

  /** JSON has no word for what is not finite. */
  private static JsonValue number(Number number) {
    return Double.isFinite(number.doubleValue())
        ? new JsonNumber(number.toString())
        : new JsonString(number.toString());
  }

  private static JsonWord word(boolean value) {
    return value ? JsonWord.TRUE : JsonWord.FALSE;
  }

  private static <T> JsonObject object(
      SortedMap<String, T> map, Function<T, ? extends JsonValue> value) {
    Map<String, JsonValue> all = new TreeMap<>();
    map.forEach((name, one) -> all.put(name, value.apply(one)));
    return new JsonObject(all);
  }

  private static String text(JsonValue value, String indent) {
    String inner = indent + "  ";
    return switch (value) {
      case JsonObject(var members) ->
          members.entrySet().stream()
              .map(
                  member ->
                      JsonText.quoted(member.getKey()) + ": " + text(member.getValue(), inner))
              .collect(Collectors.joining(",\n" + inner, "{\n" + inner, "\n" + indent + "}"));
      case JsonArray(var elements) ->
          elements.stream()
              .map(element -> text(element, inner))
              .collect(Collectors.joining(",\n" + inner, "[\n" + inner, "\n" + indent + "]"));
      case JsonString(var string) -> JsonText.quoted(string);
      case JsonNumber(var digits) -> digits;
      case JsonWord word -> word.name().toLowerCase(Locale.ROOT);
    };
  }

  private static Certificate certificate(Members members) {
    if (!members.text("claim").equals(Certificate.CLAIM)
        || members.whole("version") != Certificate.VERSION) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "it must be a certificate of '%s' of version %d"
              .formatted(Certificate.CLAIM, Certificate.VERSION));
    }
    var hashes = new Hashes(members.text("modelSha256"), members.texts("weights"));
    if (!hashes.allWeights().equals(members.text("weightsSha256"))) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "weightsSha256 is not that of the weights that it lists");
    }
    return new Certificate(
        members.text("date"),
        members.text("model"),
        hashes,
        members.texts("engines"),
        members.list("order").stream().map(Members::text).toList(),
        members.texts("options"),
        members.texts("environment"),
        members.list("runs").stream().map(CertificateFile::run).toList());
  }

  private static Certificate.Run run(Members members) {
    SortedMap<String, Long> sizes = new TreeMap<>();
    members.object("sizes").forEach((name, size) -> sizes.put(name, size.whole()));
    List<Certificate.Output> outputs =
        members.list("outputs").stream().map(CertificateFile::output).toList();
    return new Certificate.Run(
        members.whole("seed"),
        members.flag("fromFiles"),
        sizes,
        members.texts("words"),
        members.text("others"),
        members.texts("inputs"),
        outputs,
        members.flag("passed"));
  }

  private static Certificate.Output output(Members members) {
    SortedMap<String, Double> bounds = new TreeMap<>();
    members.object("bounds").forEach((name, bound) -> bounds.put(name, bound.number()));
    return new Certificate.Output(
        members.text("output"),
        members.text("engine"),
        members.text("reference"),
        members.text("type"),
        bounds,
        members.number("maxAbsolute"),
        members.number("relativeL2"),
        members.number("severity"),
        members.flag("passed"));
  }
}
