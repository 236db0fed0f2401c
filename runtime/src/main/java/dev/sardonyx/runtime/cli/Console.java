package dev.sardonyx.runtime.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and prints.
 *
 * @param in what a worker is asked
 * @param out results: tables for people, JSON Lines for machines
 * @param err errors and progress
 * @param terminal whether a person watches, and wants to see progress
 */
record Console(InputStream in, PrintStream out, PrintStream err, boolean terminal) {

  static Console system() {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    return new Console(
        System.in, out, err, System.console() != null && System.console().isTerminal());
  }

  /** Shows what is going on, on a line that the next one replaces; nothing when nobody watches. */
  void progress(String what) {
    if (terminal) {
      err.print("\r\u001b[K" + what);
      err.flush();
    }
  }

  /** Takes the progress line away. */
  void progressDone() {
    progress("");
  }
}
