package dev.sardonyx.runtime.vote;

/**
 * What a third computation of one node, in float64 and fed with the reference's inputs, says of
 * both engines' results.
 *
 * @param voter who computed it, in words: {@code MatMul by its definition}
 * @param engineError how far the engine lies from it (relative L2; NaN where there is none)
 * @param referenceError how far the reference does
 * @param reason why, in one sentence for people
 */
public record Vote(
    Blame blame, String voter, double engineError, double referenceError, String reason) {

  /** Nobody could be asked. */
  public static Vote unknown(String reason) {
    return new Vote(Blame.UNKNOWN, "", Double.NaN, Double.NaN, reason);
  }

  /** Nobody has to be asked. */
  public static Vote tie() {
    return new Vote(
        Blame.NEITHER,
        "",
        Double.NaN,
        Double.NaN,
        "what the engines choose between is equal, or as near as rounding lets it be");
  }
}
