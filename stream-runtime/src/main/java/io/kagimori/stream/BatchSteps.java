package io.kagimori.stream;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the batch step of each channel from what the service has: database, publisher, meters. */
@ApplicationScoped
public class BatchSteps {
  private final AgroalDataSource database;
  private final Instance<FactSource> facts;
  private final AnswerPublisher publisher;
  private final MeterRegistry registry;
  private final ChannelsHealth health;
  private final Duration patience;

  BatchSteps(
      AgroalDataSource database,
      Instance<FactSource> facts,
      AnswerPublisher publisher,
      MeterRegistry registry,
      @org.eclipse.microprofile.health.Readiness ChannelsHealth health,
      @ConfigProperty(name = "kagimori.stream.patience", defaultValue = "10M") Duration patience) {
    this.database = database;
    this.facts = facts;
    this.publisher = publisher;
    this.registry = registry;
    this.health = health;
    this.patience = patience;
  }

  /**
   * The step of one channel.
   *
   * @param channel its name, as meters and health show it
   * @param rule the service's part
   */
  public <S> BatchStep<S> of(String channel, BatchRule<S> rule) {
    return new BatchStep<>(
        rule,
        database,
        facts.isResolvable() ? facts.get() : (connection, due) -> List.of(),
        publisher,
        new ChannelMeters(registry, channel),
        health.channel(channel),
        patience);
  }
}
