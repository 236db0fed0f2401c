package dev.sardonyx.runtime.report;

import dev.sardonyx.api.json.JsonText;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * JSON that is written as it comes, within a script element: no text in it can end that element.
 * Numbers that JSON does not have are texts, as JavaScript's Number reads them.
 */
final class PageJson {
  private final Appendable out;

  /** Whether the next entry is the first of its object or array, innermost first. */
  private final Deque<Boolean> first = new ArrayDeque<>();

  private boolean named;

  PageJson(Appendable out) {
    this.out = out;
  }

  PageJson object() throws IOException {
    return open('{');
  }

  PageJson endObject() throws IOException {
    return close('}');
  }

  PageJson array() throws IOException {
    return open('[');
  }

  PageJson endArray() throws IOException {
    return close(']');
  }

  /** The name of what comes next. */
  PageJson name(String name) throws IOException {
    separate();
    out.append(quoted(name)).append(':');
    named = true;
    return this;
  }

  PageJson value(String text) throws IOException {
    return raw(quoted(text));
  }

  PageJson value(long number) throws IOException {
    return raw(Long.toString(number));
  }

  PageJson value(double number) throws IOException {
    return raw(Double.isFinite(number) ? Double.toString(number) : quoted("" + number));
  }

  PageJson value(boolean truth) throws IOException {
    return raw(Boolean.toString(truth));
  }

  /** Texts as an array. */
  PageJson texts(Iterable<String> texts) throws IOException {
    array();
    for (String text : texts) {
      value(text);
    }
    return endArray();
  }

  /** Numbers as an array. */
  PageJson numbers(int[] numbers) throws IOException {
    array();
    for (int number : numbers) {
      value(number);
    }
    return endArray();
  }

  private PageJson raw(String text) throws IOException {
    separate();
    out.append(text);
    return this;
  }

  private PageJson open(char bracket) throws IOException {
    separate();
    out.append(bracket);
    first.push(true);
    return this;
  }

  private PageJson close(char bracket) throws IOException {
    first.pop();
    out.append(bracket);
    return this;
  }

  private void separate() throws IOException {
    if (named) {
      named = false;
      return;
    }
    if (first.isEmpty()) {
      return; // the outermost value
    }
    if (!first.pop()) {
      out.append(',');
    }
    first.push(false);
  }

  /** Without {@code <}, with which the end of a script or a comment would begin. */
  private static String quoted(String text) {
    return JsonText.quoted(text).replace("<", "\\u003c");
  }
}
