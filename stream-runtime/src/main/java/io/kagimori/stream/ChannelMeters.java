package io.kagimori.stream;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.BadRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * What a channel tells its operators. Tags are the channel, the answer's type and the dead letter's
 * reason, so the number of series stays small; no device, key or text becomes a tag. Consumer lag
 * in records comes from the Kafka client's own meters; {@code kagimori.record.age} adds how old the
 * newest record of the last poll was when it arrived here.
 */
final class ChannelMeters {
  private final MeterRegistry registry;
  private final Tags channel;
  private final DistributionSummary batchSize;
  private final Timer batchTime;
  private final Timer publishTime;
  private final Counter redelivered;
  private final AtomicLong ageMs = new AtomicLong();

  ChannelMeters(MeterRegistry registry, String channel) {
    this.registry = registry;
    this.channel = Tags.of("channel", channel);
    batchSize =
        DistributionSummary.builder("kagimori.batch.size")
            .description("records of a poll")
            .tags(this.channel)
            .register(registry);
    batchTime =
        Timer.builder("kagimori.batch.duration")
            .description("from decoded records to the committed transaction")
            .tags(this.channel)
            .register(registry);
    publishTime =
        Timer.builder("kagimori.publish.duration")
            .description("from the commit to the last acknowledgement")
            .tags(this.channel)
            .register(registry);
    redelivered =
        Counter.builder("kagimori.redelivered")
            .description("requests that came again and got their stored answer")
            .tags(this.channel)
            .register(registry);
    Gauge.builder("kagimori.record.age", ageMs, AtomicLong::doubleValue)
        .description("age of the newest record of the last poll")
        .baseUnit("milliseconds")
        .tags(this.channel)
        .register(registry);
  }

  void batch(ConsumerRecords<byte[], byte[]> poll, Runnable work) {
    batchSize.record(poll.count());
    long newest = 0;
    for (ConsumerRecord<byte[], byte[]> record : poll) {
      newest = Math.max(newest, record.timestamp());
    }
    ageMs.set(System.currentTimeMillis() - newest);
    batchTime.record(work);
  }

  void publish(Runnable work) {
    publishTime.record(work);
  }

  void redelivered(int requests) {
    redelivered.increment(requests);
  }

  void published(List<Answer> answers, List<BadRecord> bad) {
    count("kagimori.records", "outcome", answers, answer -> answer.type().name());
    count("kagimori.deadletter", "reason", bad, letter -> letter.reason().name());
  }

  private <T> void count(String meter, String tag, List<T> items, Function<T, String> value) {
    items.stream()
        .collect(groupingBy(value, counting()))
        .forEach((v, n) -> registry.counter(meter, channel.and(tag, v)).increment(n));
  }
}
