package io.kagimori.stream;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** Whether one channel moves, or waits for the outside world. */
final class ChannelHealth {
  private static final Logger LOG = Logger.getLogger(ChannelHealth.class);

  private final String channel;
  private final AtomicReference<String> waitingFor = new AtomicReference<>();

  ChannelHealth(String channel) {
    this.channel = channel;
  }

  /** The step failed for a reason that may pass, and tries again. */
  void waiting(Throwable reason) {
    // Kafka has exceptions that say nothing but their type.
    String text =
        Objects.requireNonNullElse(reason.getMessage(), reason.getClass().getSimpleName());
    if (waitingFor.getAndSet(text) == null) {
      LOG.warnf("KGM0101 channel %s waits: %s", channel, text);
    }
  }

  /** A poll went through. */
  void flowing() {
    if (waitingFor.getAndSet(null) != null) {
      LOG.infof("KGM0102 channel %s flows again", channel);
    }
  }

  /** What the channel waits for, while it does. */
  Optional<String> waitingFor() {
    return Optional.ofNullable(waitingFor.get());
  }
}
