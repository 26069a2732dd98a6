/**
 * The agent that follows a drop folder: what tools print is put there, read, and published when
 * Kafka can be reached.
 *
 * <p>The risk is a report that was read and is gone. So a file leaves the folder only after its
 * events are on disk, synced, in {@link io.kagimori.agent.drop.Spool}; an event leaves the spool
 * only after the broker acknowledged it. A crash in between repeats a step, and repeating changes
 * nothing, because the id of an event follows from device, time and content. Where the spool has
 * reached its limit nothing is dropped: files stay in the folder until there is room again.
 */
package io.kagimori.agent.drop;
