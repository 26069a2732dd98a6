package io.kagimori.contracts.cloudevents;

import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record understood: who asks what, when.
 *
 * @param id the sender's id ({@code ce_id}); the same id gets the same answer
 * @param type the event type
 * @param claimedTime the sender's clock ({@code ce_time}); null when it gave none
 * @param now the record's timestamp: the only time that rules know
 * @param event what it says
 * @param contentId stands for type and content: the same id with another content is a reused id
 * @param source the record as it arrived
 */
public record Request(
    UUID id,
    EventType type,
    Instant claimedTime,
    Instant now,
    Event event,
    UUID contentId,
    ConsumerRecord<byte[], byte[]> source)
    implements Decoded {

  /** The event as the record type that its {@link #type} promises. */
  public <E extends Event> E event(Class<E> data) {
    return data.cast(event);
  }
}
