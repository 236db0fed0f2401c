package dev.sardonyx.api.engine;

/**
 * How long a node takes in a run.
 *
 * @param node its name; of nodes that are computed together that of one of them, or a name that the
 *     engine makes
 * @param operator what computes it, as the engine calls it
 * @param millis a middling time of all its calls in a run, in milliseconds
 */
public record NodeTime(String node, String operator, double millis) {}
