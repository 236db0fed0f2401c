package dev.sardonyx.runtime.profile;

import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.runtime.text.Markup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A profile as a page of HTML that needs no other file, no network and no script. */
public final class ProfilePage {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--paper:#faf9f6;--ink:#211e1b;--soft:#625c55;--line:#e0dcd4;--head:#f3f1ec}
      @media (prefers-color-scheme:dark){:root{--paper:#17181b;--ink:#e9e6e1;--soft:#a8a39b;--line:#34363c;--head:#1e2024}}
      body{margin:0 auto;max-width:1280px;padding:24px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI","Liberation Sans","DejaVu Sans",sans-serif}
      h1{font-size:1.4rem;margin:0 0 .2rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
      p{color:var(--soft);max-width:80ch;margin:.2rem 0 1rem}
      svg{width:100%;height:auto;display:block}
      div.wide{overflow-x:auto}
      table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}
      th{text-align:left;background:var(--head);position:sticky;top:0}
      th,td{padding:.25rem .7rem;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}
      td.number,th.number{text-align:right}td.kernel{white-space:normal;min-width:22rem;color:var(--soft)}
      """;

  private final StringBuilder html = new StringBuilder();
  private final Profile profile;

  private ProfilePage(Profile profile) {
    this.profile = profile;
  }

  /** The page. */
  public static String of(Profile profile) {
    return new ProfilePage(profile).written();
  }

  /** Writes the page, whole or not at all. Errors: FILE. */
  public static void write(Path file, Profile profile) {
    AtomicFile.write(file, out -> out.write(of(profile).getBytes(StandardCharsets.UTF_8)));
  }

  private String written() {
    String title = Markup.escaped(profile.title());
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\"")
        .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>" + title + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n")
        .append("<h1>" + title + "</h1>\n");
    paragraph(
        "Each step belongs to a node of the graph, and does what is fused with that (+ ...), too."
            + " Its bound is the multiplications and additions of its definition at the peak of"
            + " the machine, measured in registers, or the bytes that it has to read and write at"
            + " the rate of a plain copy of as many, whichever takes longer. More than 100 % is less"
            + " work than the definition's, as Winograd's convolutions have, or tiles.");
    html.append(ProfileChart.untitled(profile));
    totals("By operator", "operator", profile.byOperator());
    totals("By module", "module, with those within it", profile.byModule());
    steps();
    return html.append("</body>\n</html>\n").toString();
  }

  private void paragraph(String words) {
    html.append("<p>").append(Markup.escaped(words)).append("</p>\n");
  }

  private void totals(String heading, String word, List<Total> totals) {
    begin(heading, word, "#steps", "#ms", "#% of run", "#GFLOP/s", "#GB/s");
    for (Total total : totals) {
      html.append("<tr><td style=\"padding-left:")
          .append(number("%.1f", 0.7 + 1.2 * total.depth()))
          .append("rem\">")
          .append(Markup.escaped(total.label()))
          .append("</td>");
      cell("number", "" + total.steps());
      cell("number", number("%.4f", total.millis()));
      cell("number", number("%.1f", 100 * total.millis() / profile.wholeMillis()));
      cell("number", total.operations() > 0 ? number("%.1f", total.rate()) : "");
      cell("number", number("%.1f", total.bytesRate()));
      html.append("</tr>\n");
    }
    end();
  }

  private void steps() {
    begin(
        "Steps, the longest first",
        "node",
        "source",
        "module",
        "operator",
        "#ms",
        "#% of run",
        "#GFLOP/s",
        "#% of peak",
        "#GB/s",
        "bound",
        "#% of it",
        "kernels");
    for (StepTime step : profile.longestFirst()) {
      html.append("<tr>");
      cell("", step.entry().label().node());
      cell("", step.entry().label().source().map(Object::toString).orElse(""));
      cell("", step.entry().label().module());
      cell("", step.entry().label().operator());
      cell("number", number("%.4f", step.millis()));
      cell("number", number("%.1f", 100 * step.millis() / profile.wholeMillis()));
      cell("number", step.isCounted() ? number("%.1f", step.rate()) : "");
      boolean peak = step.isCounted() && profile.peak().isPresent();
      cell("number", peak ? number("%.0f", 100 * step.shareOfPeak()) : "");
      cell("number", number("%.1f", step.bytesRate()));
      cell("", step.bound().word());
      cell("number", number("%.0f", 100 * step.shareOfBound()));
      cell("kernel", step.entry().kernel());
      html.append("</tr>\n");
    }
    end();
  }

  /** Headers of numbers begin with a mark. */
  private void begin(String heading, String... headers) {
    html.append("<h2>" + Markup.escaped(heading) + "</h2>\n<div class=\"wide\"><table>\n<tr>");
    for (String header : headers) {
      boolean number = header.startsWith("#");
      html.append(number ? "<th class=\"number\">" : "<th>")
          .append(Markup.escaped(number ? header.substring(1) : header))
          .append("</th>");
    }
    html.append("</tr>\n");
  }

  private void end() {
    html.append("</table></div>\n");
  }

  private void cell(String kind, String text) {
    html.append(kind.isEmpty() ? "<td>" : "<td class=\"" + kind + "\">")
        .append(Markup.escaped(text))
        .append("</td>");
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
