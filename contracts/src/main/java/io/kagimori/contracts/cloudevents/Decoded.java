package io.kagimori.contracts.cloudevents;

/**
 * What became of a record's bytes: a request that can be decided, or a bad record with a reason.
 */
public sealed interface Decoded permits Request, BadRecord {}
