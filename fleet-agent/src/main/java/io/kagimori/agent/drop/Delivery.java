package io.kagimori.agent.drop;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.Answer;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends what waits in the spool, oldest first, each event after the one before was acknowledged.
 * The event keeps its own time in {@code ce_time}; the record's timestamp is that of its delivery,
 * so a late report is seen to be late.
 */
final class Delivery {
  private static final int BATCH = 200;

  private final Spool spool;
  private final EventSender sender;
  private final Consumer<News> news;

  Delivery(Spool spool, EventSender sender, Consumer<News> news) {
    this.spool = spool;
    this.sender = sender;
    this.news = news;
  }

  /**
   * Delivers until the spool is empty or Kafka refuses.
   *
   * @return whether the spool is empty
   */
  boolean deliverAll() throws IOException {
    List<Spool.Waiting> waiting = spool.oldest(BATCH);
    while (!waiting.isEmpty()) {
      int delivered = 0;
      String refusal = null;
      for (Spool.Waiting one : waiting) {
        refusal = send(one.event());
        if (refusal != null) {
          break;
        }
        delivered++;
      }
      if (delivered > 0) {
        spool.delivered(waiting.get(delivered - 1));
        news.accept(News.delivered(delivered));
      }
      if (refusal != null) {
        news.accept(News.waiting(refusal));
        return false;
      }
      waiting = spool.oldest(BATCH);
    }
    return true;
  }

  private String send(Answer event) {
    ProducerRecord<byte[], byte[]> record = event.toRecord();
    try {
      sender.publish(
          new ProducerRecord<>(
              record.topic(), null, null, record.key(), record.value(), record.headers()));
      return null;
    } catch (CommandFailure e) {
      return e.getMessage();
    }
  }
}
