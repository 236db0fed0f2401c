package dev.sardonyx.onnx.internal.codec;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.StringStringEntryProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where a node comes from, as node metadata, or as doc string in files too old for metadata. */
public final class OriginCodec {
  private static final String MODULE = "sardonyx.module";
  private static final String SOURCE = "sardonyx.source";

  private OriginCodec() {}

  /** Writes an origin into a node, as metadata or as doc string. */
  public static void encode(Origin origin, NodeProto.Builder node, boolean metadata) {
    var entries = new TreeMap<String, String>();
    if (!origin.module().isEmpty()) {
      entries.put(MODULE, origin.module());
    }
    origin.source().ifPresent(line -> entries.put(SOURCE, line.toString()));
    if (metadata) {
      entries.forEach((key, value) -> node.addMetadataProps(entry(key, value)));
    } else {
      node.setDocString(
          entries.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue())
              .collect(Collectors.joining("\n")));
    }
  }

  /** The origin that a node carries; unknown where it carries none. */
  public static Origin decode(NodeProto node) {
    Map<String, String> entries = new HashMap<>();
    for (String line : node.getDocString().lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        entries.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    node.getMetadataPropsList().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    String module = entries.getOrDefault(MODULE, "");
    Optional<SourceLocation> source =
        Optional.ofNullable(entries.get(SOURCE)).flatMap(SourceLocation::parse);
    return module.isEmpty() && source.isEmpty() ? Origin.unknown() : new Origin(module, source);
  }

  /** Entries sorted by key, so that equal maps give equal bytes. */
  public static List<StringStringEntryProto> entries(Map<String, String> map) {
    return new TreeMap<>(map)
        .entrySet().stream().map(entry -> entry(entry.getKey(), entry.getValue())).toList();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
