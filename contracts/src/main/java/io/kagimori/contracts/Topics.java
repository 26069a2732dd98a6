package io.kagimori.contracts;

import java.util.List;
import java.util.stream.Stream;

/**
 * The topics of Kagimori, each name once. Who writes and reads them, and what travels on them, is
 * in {@code asyncapi.yaml}; a test holds the two together.
 */
public final class Topics {
  public static final String ACTIVATION_REQUESTS = "activation.requests";
  public static final String KEY_VERDICTS = "key.verdicts";
  public static final String ACTIVATION_RESULTS = "activation.results";
  public static final String ACTIVATION_OUTCOMES = "activation.outcomes";
  public static final String DEVICE_REPORTS = "device.reports";
  public static final String KMS_EVENTS = "kms.events";
  public static final String EDITION_REQUESTS = "edition.requests";
  public static final String EDITION_OUTCOMES = "edition.outcomes";
  public static final String EDITION_RESULTS = "edition.results";
  public static final String ESU_REQUESTS = "esu.requests";
  public static final String ESU_RESULTS = "esu.results";
  public static final String KEY_FACTS = "key.facts";
  public static final String AGREEMENT_FACTS = "agreement.facts";
  public static final String KEY_REQUESTS = "key.requests";
  public static final String KEY_TICKS = "key-service.ticks";
  public static final String ACTIVATION_TICKS = "activation-service.ticks";
  public static final String EDITION_TICKS = "edition-service.ticks";
  public static final String ESU_TICKS = "esu-service.ticks";

  /** Suffix of the dead-letter twin that every topic has. */
  public static final String DEAD_LETTER_SUFFIX = ".dlq";

  /** How long a topic keeps its records. */
  public enum Retention {
    /** 30 days: requests; what was decided on them is kept by the answering service. */
    REQUESTS,
    /** Everything: answers, from which a lost database is folded together again. */
    ANSWERS,
    /** The latest record of each key: facts. */
    COMPACTED
  }

  /**
   * A topic as it is created.
   *
   * @param name the name
   * @param retention what is kept
   * @param single whether it has one partition in every environment (ticks, dead letters)
   */
  public record Topic(String name, Retention retention, boolean single) {}

  private static final List<Topic> ALL =
      Stream.of(
              many(ACTIVATION_REQUESTS, Retention.REQUESTS),
              many(KEY_VERDICTS, Retention.ANSWERS),
              many(ACTIVATION_RESULTS, Retention.ANSWERS),
              many(ACTIVATION_OUTCOMES, Retention.REQUESTS),
              many(DEVICE_REPORTS, Retention.REQUESTS),
              many(KMS_EVENTS, Retention.REQUESTS),
              many(EDITION_REQUESTS, Retention.REQUESTS),
              many(EDITION_OUTCOMES, Retention.REQUESTS),
              many(EDITION_RESULTS, Retention.ANSWERS),
              many(ESU_REQUESTS, Retention.REQUESTS),
              many(ESU_RESULTS, Retention.ANSWERS),
              many(KEY_FACTS, Retention.COMPACTED),
              many(AGREEMENT_FACTS, Retention.COMPACTED),
              many(KEY_REQUESTS, Retention.REQUESTS),
              one(KEY_TICKS),
              one(ACTIVATION_TICKS),
              one(EDITION_TICKS),
              one(ESU_TICKS))
          .flatMap(t -> Stream.of(t, new Topic(deadLetter(t.name()), Retention.REQUESTS, true)))
          .toList();

  private Topics() {}

  /** Every topic with its dead-letter twin, in the order of the design's table. */
  public static List<Topic> all() {
    return ALL;
  }

  /** The dead-letter twin of a topic. */
  public static String deadLetter(String topic) {
    return topic + DEAD_LETTER_SUFFIX;
  }

  private static Topic many(String name, Retention retention) {
    return new Topic(name, retention, false);
  }

  private static Topic one(String name) {
    return new Topic(name, Retention.REQUESTS, true);
  }
}
