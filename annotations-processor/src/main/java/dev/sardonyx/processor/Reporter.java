package dev.sardonyx.processor;

import dev.sardonyx.processor.check.Diagnostic;
import dev.sardonyx.processor.check.Problems;
import dev.sardonyx.processor.read.SourceLines;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.tools.Diagnostic.Kind;

/** Prints the mistakes of a round in the order of the sources, as a reader goes through them. */
record Reporter(Messager messager, SourceLines lines) {

  void report(Problems problems) {
    Map<Element, Integer> order = new LinkedHashMap<>();
    problems.all().forEach(each -> order.putIfAbsent(outermost(each.element()), order.size()));
    Comparator<Diagnostic> bySource =
        Comparator.comparing(each -> order.get(outermost(each.element())));
    problems.all().stream()
        .sorted(bySource.thenComparing(each -> lines.of(each.element())))
        .forEach(this::print);
  }

  private static Element outermost(Element element) {
    Element at = element;
    while (at.getEnclosingElement() != null
        && !(at.getEnclosingElement() instanceof PackageElement)) {
      at = at.getEnclosingElement();
    }
    return at;
  }

  private void print(Diagnostic diagnostic) {
    Kind kind = diagnostic.warning() ? Kind.WARNING : Kind.ERROR;
    diagnostic
        .mirror()
        .ifPresentOrElse(
            mirror -> messager.printMessage(kind, diagnostic.text(), diagnostic.element(), mirror),
            () -> messager.printMessage(kind, diagnostic.text(), diagnostic.element()));
  }
}
