package io.kagimori.agent.collect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading slmgr listings of all languages, beside what cannot be saved: taking the bytes from the
 * file system and decoding them. One invocation goes over all files once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 5, time = 2)
public class CollectorBenchmark {
  static final Path TEXTS = Path.of("src/test/resources/languages");

  private List<Path> files;

  /** Finds the files. */
  @Setup
  public void find() throws IOException {
    files = files();
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> found = Files.list(TEXTS)) {
      return found.sorted().toList();
    }
  }

  /** Files read, decoded and understood. */
  @Benchmark
  public int collect() throws IOException {
    int facts = 0;
    for (Path file : files) {
      facts += Collector.read("benchmark", Files.readAllBytes(file)).facts().size();
    }
    return facts;
  }

  /** Files read and decoded only. */
  @Benchmark
  public int decodeOnly() throws IOException {
    int characters = 0;
    for (Path file : files) {
      characters += new String(Files.readAllBytes(file), StandardCharsets.UTF_8).length();
    }
    return characters;
  }
}
