package io.kagimori.contracts.cloudevents;

import com.github.f4b6a3.uuid.UuidCreator;
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
}
