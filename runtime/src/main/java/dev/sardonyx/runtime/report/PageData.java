package dev.sardonyx.runtime.report;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.diagnose.Diagnosis;
import dev.sardonyx.runtime.diagnose.Element;
import dev.sardonyx.runtime.diagnose.Histogram;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.profile.NodeTimes;
import dev.sardonyx.runtime.vote.Vote;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** All that the page shows, as one JSON object. */
final class PageData {
  private final PageJson json;
  private final ReportData data;
  private final PageNodes nodes;

  PageData(Appendable out, ReportData data) {
    this.json = new PageJson(out);
    this.data = data;
    this.nodes = new PageNodes(json, data);
  }

  void write() throws IOException {
    json.object();
    json.name("model").value(data.model());
    json.name("graph").value(data.graph().name());
    json.name("engine").value(data.diagnosis().map(Diagnosis::engine).orElse(""));
    json.name("reference").value(data.diagnosis().map(Diagnosis::reference).orElse(""));
    verdict();
    json.name("environment");
    pairs(data.environment());
    json.name("facts");
    facts();
    json.name("outputs");
    outputs();
    json.name("nodes");
    nodes.write();
    json.name("drawing");
    drawing();
    json.name("suspect");
    suspect();
    json.name("times");
    times();
    json.name("notes").texts(data.notes());
    json.endObject();
  }

  private void verdict() throws IOException {
    Verdict verdict = Verdict.of(data);
    json.name("verdict").object();
    json.name("state").value(verdict.state());
    json.name("headline").value(verdict.headline());
    json.name("sentences").texts(verdict.sentences());
    json.endObject();
  }

  private void pairs(Map<String, String> pairs) throws IOException {
    json.array();
    for (var pair : pairs.entrySet()) {
      json.texts(List.of(pair.getKey(), pair.getValue()));
    }
    json.endArray();
  }

  private void facts() throws IOException {
    long elements =
        data.graph().initializers().values().stream().mapToLong(one -> one.elements()).sum();
    json.array();
    json.texts(List.of("graph", data.graph().name()));
    json.texts(List.of("nodes", "%,d".formatted(data.graph().nodes().size())));
    json.texts(
        List.of(
            "weights",
            "%,d elements in %,d initializers"
                .formatted(elements, data.graph().initializers().size())));
    if (data.check().isPresent() && !data.check().get().milliseconds().isEmpty()) {
      json.texts(
          List.of(
              "time per run",
              data.check().get().milliseconds().entrySet().stream()
                  .map(time -> time.getKey() + " %.3f ms".formatted(time.getValue()))
                  .collect(Collectors.joining(", "))));
    }
    json.endArray();
  }

  private void outputs() throws IOException {
    json.array();
    for (CheckReport.Row row : data.check().map(CheckReport::rows).orElse(List.of())) {
      Comparison found = row.comparison();
      boolean sameType = found.type().equals(found.reference());
      json.object();
      json.name("n").value(row.output());
      json.name("pair").value(row.engine() + " / " + row.reference());
      json.name("type")
          .value(sameType ? "" + found.type() : found.type() + " vs " + found.reference());
      json.name("c");
      PageNodes.write(json, found);
      json.endObject();
    }
    json.endArray();
  }

  private void drawing() throws IOException {
    json.object();
    if (data.graph().nodes().size() > Drawing.MOST_NODES) {
      json.name("refused")
          .value(
              "The graph has %,d nodes; one of more than %,d is not drawn."
                  .formatted(data.graph().nodes().size(), Drawing.MOST_NODES));
    } else {
      Drawing drawing = Drawing.of(Points.of(data.graph()));
      json.name("width").value(drawing.width());
      json.name("layers").value(drawing.count());
      json.name("layer").numbers(drawing.layers());
      json.name("x").numbers(drawing.x());
      json.name("lines").numbers(drawing.lines());
      json.name("unrouted").array();
      for (int[] pair : drawing.unrouted()) {
        json.numbers(pair);
      }
      json.endArray();
    }
    json.endObject();
  }

  private void suspect() throws IOException {
    json.object();
    var found = data.diagnosis().flatMap(Diagnosis::suspect);
    if (found.isPresent()) {
      Suspect suspect = found.get();
      json.name("at").value(nodes.point(suspect.finding().node()));
      json.name("charge").value(suspect.charge().name().toLowerCase(Locale.ROOT));
      json.name("output").value(suspect.output().value().name());
      json.name("worst").array();
      for (Element element : suspect.worst()) {
        element(element);
      }
      json.endArray();
      json.name("errors");
      histogram(suspect.errors());
      json.name("e");
      histogram(suspect.engine());
      json.name("r");
      histogram(suspect.reference());
      vote(suspect.vote());
    }
    json.endObject();
  }

  private void element(Element element) throws IOException {
    json.array();
    json.value(element.place().toString());
    json.value(element.engine()).value(element.reference());
    if (element.exact().isPresent()) {
      json.value(element.exact().getAsDouble());
    }
    json.endArray();
  }

  private void histogram(Histogram histogram) throws IOException {
    json.object();
    json.name("from").value(histogram.from()).name("to").value(histogram.to());
    json.name("counts").array();
    for (long count : histogram.counts()) {
      json.value(count);
    }
    json.endArray();
    json.name("others").value(histogram.others());
    json.endObject();
  }

  private void vote(Vote vote) throws IOException {
    json.name("vote").object();
    json.name("blame").value(vote.blame().name().toLowerCase(Locale.ROOT));
    json.name("voter").value(vote.voter());
    json.name("e").value(vote.engineError()).name("r").value(vote.referenceError());
    json.name("reason").value(vote.reason());
    json.endObject();
  }

  /** Milliseconds by engine, and node by node: the point, then one number for each engine. */
  private void times() throws IOException {
    json.object();
    json.name("engines").texts(data.times().stream().map(NodeTimes::engine).toList());
    json.name("nodes").array();
    for (Node node : data.graph().nodes()) {
      List<Double> row =
          data.times().stream()
              .map(times -> times.millisByNode().getOrDefault(node.name(), Double.NaN))
              .toList();
      if (row.stream().anyMatch(Double::isFinite)) {
        json.array();
        json.value(nodes.point(node));
        for (double time : row) {
          json.value(time);
        }
        json.endArray();
      }
    }
    json.endArray();
    json.endObject();
  }
}
