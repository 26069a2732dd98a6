package io.kagimori.contracts.cloudevents;

import com.github.f4b6a3.uuid.UuidCreator;
import io.kagimori.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Ids of events: time-ordered for what is asked, derived for what is answered. */
public final class EventIds {
  /** Namespace of derived ids; fixed forever, or resends would no longer be byte-equal. */
  private static final UUID NAMESPACE = UUID.fromString("6f1a7c0e-58b1-5d0c-9a39-4b6b61676d72");

  private EventIds() {}

  /** A new request id: UUID version 7, so that indexes stay tidy. */
  public static UUID request() {
    return UuidCreator.getTimeOrderedEpoch();
  }

  /**
   * The id of an answer: the same request, service and verdict always give the same id.
   *
   * @param request the request answered
   * @param service the answering service, such as {@code key-service}
   * @param verdict what sets this answer apart from the service's other answers to the request
   */
  public static UUID answer(UUID request, String service, String verdict) {
    return named(request + "/" + service + "/" + verdict);
  }

  /** A name-based id (version 5). */
  public static UUID named(String name) {
    return UuidCreator.getNameBasedSha1(NAMESPACE, name);
  }

  /**
   * What a request says: the same id with another content is a reused id. Unknown fields and the
   * sender's spelling are no content.
   *
   * @param type type of the request
   * @param canonical the event as we write it
   */
  public static UUID content(EventType type, byte[] canonical) {
    byte[] name = type.typeName().getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(name, name.length + 1 + canonical.length);
    System.arraycopy(canonical, 0, all, name.length + 1, canonical.length);
    return UUID.nameUUIDFromBytes(all);
  }
}
