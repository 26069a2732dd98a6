package io.kagimori.contracts.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever bytes arrive, each record gets an answer; a failure names the seed that repeats it. */
class AnyBytesTest {
  private static final int RUNS = 40_000;
  private static final List<Sample> SAMPLES = Sample.all();
  private static final List<byte[]> VALUES = SAMPLES.stream().map(Sample::bytes).toList();
  private static final List<Records> BINARY = SAMPLES.stream().map(Sample::binary).toList();
  private static final List<Records> STRUCTURED = SAMPLES.stream().map(Sample::structured).toList();

  /** Pieces that JSON parsers and text decoders have stumbled over. */
  private static final List<byte[]> PIECES =
      List.of(
          text("\\u0000"),
          text("\\ud800"),
          text("\\udc00\\ud800"),
          text("null"),
          text("{}"),
          text("[]"),
          text("[null]"),
          text("1e999999"),
          text("-0.0"),
          text("\""),
          text("\\"),
          text(",\"deviceId\":5"),
          text("\uFEFF"),
          new byte[] {0},
          new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
          new byte[] {(byte) 0xF7, (byte) 0xBF, (byte) 0xBF, (byte) 0xBF},
          new byte[] {(byte) 0xC0, (byte) 0x80});

  @Test
  void randomBytes() {
    int read = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      Records sent =
          BINARY
              .get(random.nextInt(BINARY.size()))
              .withValue(bytes(random, 200))
              .withKey(random.nextBoolean() ? bytes(random, 20) : null);
      read += answered(seed, random.nextBoolean() ? sent : headersSpoiled(random, sent));
    }
    assertThat(read).as("random bytes that were taken for an event").isZero();
  }

  @Test
  void spoiledSamples() {
    int read = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      int chosen = random.nextInt(SAMPLES.size());
      Records sent = random.nextInt(4) == 0 ? STRUCTURED.get(chosen) : BINARY.get(chosen);
      byte[] value = sent.value();
      for (int i = random.nextInt(3); i >= 0; i--) {
        value = spoiled(random, value);
      }
      read += answered(seed, sent.withValue(value));
    }
    // Most spoiling hits an optional text; were nothing read, the spoiling would test nothing.
    assertThat(read).isBetween(RUNS / 100, RUNS * 9 / 10);
  }

  /** 1 when it was read, 0 when it became a dead letter. */
  private static int answered(int seed, Records sent) {
    try {
      return switch (sent.decoded()) {
        case Request request -> {
          assertThat(request.event()).as("seed %d", seed).isInstanceOf(request.type().data());
          yield 1;
        }
        case BadRecord bad -> {
          assertThat(bad.deadLetter().value()).as("seed %d", seed).isSameAs(sent.value());
          assertThat(bad.detail()).as("seed %d", seed).isNotBlank();
          yield 0;
        }
      };
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + " made the decoder throw", e);
    }
  }

  private static byte[] spoiled(Random random, byte[] value) {
    int at = random.nextInt(value.length + 1);
    byte[] head = Arrays.copyOf(value, at);
    int skip = Math.min(value.length - at, random.nextInt(4) == 0 ? random.nextInt(40) : 0);
    byte[] tail = Arrays.copyOfRange(value, at + skip, value.length);
    return switch (random.nextInt(5)) {
      case 0 -> joined(head, bytes(random, 4), tail);
      case 1 -> joined(head, PIECES.get(random.nextInt(PIECES.size())), tail);
      case 2 -> joined(head, tail);
      case 3 -> {
        byte[] other = VALUES.get(random.nextInt(VALUES.size()));
        int from = random.nextInt(other.length);
        int to = Math.min(other.length, from + random.nextInt(60));
        yield joined(head, Arrays.copyOfRange(other, from, to), tail);
      }
      default -> {
        byte[] flipped = value.clone();
        if (at < flipped.length) {
          flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
    };
  }

  private static Records headersSpoiled(Random random, Records sent) {
    Records spoiled = sent.at(random.nextLong());
    for (String header : List.of("ce_id", "ce_type", "ce_time", "content-type")) {
      spoiled =
          switch (random.nextInt(4)) {
            case 0 -> spoiled.with(header, bytes(random, 40));
            case 1 -> spoiled.with(header, (byte[]) null);
            case 2 -> spoiled.without(header);
            default -> spoiled;
          };
    }
    return spoiled;
  }

  private static byte[] bytes(Random random, int max) {
    byte[] bytes = new byte[random.nextInt(max + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
