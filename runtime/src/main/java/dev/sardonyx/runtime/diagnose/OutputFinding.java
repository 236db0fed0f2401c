package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.graph.Value;
import dev.sardonyx.runtime.compare.Comparison;

/**
 * What was found of one output of a node.
 *
 * @param value the output, with the shape that it had in this run
 * @param accumulated the difference as it arrived here through all nodes before; where these draw
 *     random numbers, the isolated one
 * @param isolated the difference of this node alone, fed with the reference's inputs
 * @param engine what the engine's numbers are like, after its own past
 * @param reference what the reference's are like
 */
public record OutputFinding(
    Value value, Comparison accumulated, Comparison isolated, Numbers engine, Numbers reference) {}
