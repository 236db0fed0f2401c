package dev.sardonyx.runtime.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of RE2's syntax; java.util.regex reads these the same way. */
class RegexTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "b",
          "ab",
          "abc",
          "aab",
          "aaaa",
          "abab",
          "A",
          "aB",
          "k",
          "\u212a",
          "a\nb",
          "\n",
          "a b",
          "a-b",
          "]",
          "[",
          "-",
          "{",
          "a{,2}",
          "x_1",
          "19",
          "\u00e9",
          "\u00c9",
          "\u03b1\u03b2",
          "\ud83d\ude00",
          "www.google.com",
          "account@gmail.com",
          "account@hotmail",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a|b",
        "a*",
        "a+b?",
        "(a|ab)(c|bcd)?",
        "(?:ab)*",
        "(?:ab){2}",
        "a{2,}b",
        "a{1,3}b",
        "a{0}b",
        ".",
        "...",
        "(?s).*",
        "a.b",
        "(?s)a.b",
        "[^a]",
        "[^a-z]+",
        "[]]",
        "[a\\-b ]+",
        "[\\d_x]+",
        "[\\w.]+@[\\w.]+",
        "(\\W|^)[\\w.\\-]{0,25}@(hotmail|gmail)\\.com(\\W|$)",
        "www.[\\w.-]+.\\bcom\\b",
        "\\p{Lu}|\\p{Ll}",
        "\\pL+",
        "\\P{L}",
        "[\\p{L}&&x]?",
        "\\x61\\x{62}",
        "\\Qa-b\\E",
        "\\Aab\\z",
        "^ab$",
        "(?m)a$\\n^b",
        "a$\\nb",
        "a\\bb",
        "a\\b b",
        "a\\B[bB]",
        "(?i)AB",
        "(?i:a)b",
        "a(?i)b",
        "(a*)*",
        "(a|b|)+",
        "((a+)+)+!",
        "a??b",
        "(?i)[^\\n]",
        "\\.|\\[|\\]",
        "(?<first>a)(?i-s:B)"
      })
  void matchesWhatJavaMatches(String pattern) {
    Regex regex = Regex.compile(pattern);
    // Java's && in a class is RE2's &, twice; neither engine of Java matches beyond ASCII by case.
    Pattern expected = Pattern.compile(pattern.replace("&&", "\\&"), Pattern.UNICODE_CASE);
    for (String text : TEXTS) {
      assertThat(regex.matches(text))
          .as("%s on %s", pattern, text)
          .isEqualTo(expected.matcher(text).matches());
    }
  }

  @Test
  void foldsCaseAsUnicodeDoes() {
    assertThat(Regex.compile("(?i)k").matches("\u212a")).isTrue();
    assertThat(Regex.compile("(?i)\u212a").matches("K")).isTrue();
    assertThat(Regex.compile("(?i)i").matches("\u0131")).isFalse();
    assertThat(Regex.compile("(?i)[^k]").matches("\u212a")).isFalse();
    assertThat(Regex.compile("(?i)\u03c3").matches("\u03c2")).isTrue();
  }

  /** Where RE2 and Java differ, RE2 is meant. */
  @Test
  void isOfRe2WhereOthersDiffer() {
    assertThat(Regex.compile("\\s").matches("\u000b")).isFalse();
    assertThat(Regex.compile("[[:word:][:^alpha:]]+").matches("a_1-")).isTrue();
    assertThat(Regex.compile("[[:alpha:]-]+").matches("a-b")).isTrue();
    assertThat(Regex.compile("a{,2}").matches("a{,2}")).isTrue();
    assertThat(Regex.compile("(?P<name>a)").matches("a")).isTrue();
    assertThat(Regex.compile("(?U)a+").matches("aa")).isTrue();
    assertThat(Regex.compile("\\141\\07").matches("a\u0007")).isTrue();
    assertThat(Regex.compile("a$").matches("a\n")).isFalse();
    assertThat(Regex.compile("\\p{Greek}+").matches("\u03b1\u03b2")).isTrue();
    assertThat(Regex.compile("\\p{^Greek}").matches("a")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*a",
        "a**",
        "a*+",
        "a{2}{3}",
        "(",
        ")",
        "(a",
        "[a",
        "[b-a]",
        "[a-\\d]",
        "[[:no:]]",
        "\\",
        "\\1",
        "\\8",
        "\\C",
        "\\Z",
        "\\_",
        "\\G",
        "\\X",
        "\\R",
        "\\K",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?>a)",
        "(?x)a",
        "(?)",
        "(?i-)",
        "(?P<a-b>c)",
        "\\p{Nobody}",
        "\\pQ",
        "\\x{110000}",
        "\\xg0",
        "a{1001}",
        "a{2,1}",
        "((a{1000}){1000}){1000}",
        "(((){1000}){1000}){1000}"
      })
  void refusesWhatIsNotOfRe2(String pattern) {
    assertThatThrownBy(() -> Regex.compile(pattern)).isInstanceOf(SardonyxException.class);
  }

  @Test
  void refusesDeepNesting() {
    String pattern = "(".repeat(100_000) + ")".repeat(100_000);
    assertThatThrownBy(() -> Regex.compile(pattern)).isInstanceOf(SardonyxException.class);
  }

  /** An engine that tries one way after the other takes longer than the universe is old. */
  @Test
  void takesTimeLinearInTheText() {
    Regex regex = Regex.compile("(a|a)*(a|aa)*(a*)*b");
    assertThat(regex.matches("a".repeat(100_000))).isFalse();
    assertThat(regex.matches("a".repeat(100_000) + "b")).isTrue();
  }
}
