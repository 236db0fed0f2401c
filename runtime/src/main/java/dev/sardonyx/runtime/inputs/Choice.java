package dev.sardonyx.runtime.inputs;

/**
 * What an input is like by what the graph does with it.
 *
 * @param because what that is, for people; empty where nothing special is
 */
record Choice(Distribution distribution, String because) {}
