package dev.sardonyx.runtime.conformance;

/**
 * An outcome, compared with what is expected.
 *
 * @param reason why it has not passed; empty where it has
 */
public record Judgement(Outcome outcome, Verdict verdict, String reason) {}
