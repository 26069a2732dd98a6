package io.kagimori.agent.local;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Failures;
import io.kagimori.agent.cli.Output;
import io.kagimori.local.LocalStack;
import io.kagimori.local.StackOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The embedded stack in the foreground. */
@Command(
    name = "up",
    description = {
      "Starts Kafka, PostgreSQL and all services on loopback and runs until it is asked to end.",
      "Prints one line of JSON when everything answers. Data survives a restart."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori up",
      "  kagimori up --data /var/lib/kagimori --kafka-port 19093",
      "  KAGIMORI_KEY_PORT=9081 kagimori up --fresh"
    })
public final class UpCommand implements Callable<Integer> {
  private static final Duration READY = Duration.ofMinutes(3);

  @Mixin private Output output;

  @Option(names = "--data", paramLabel = "DIR", description = "Where data is kept; ./data.")
  private Path data;

  @Option(names = "--fresh", description = "Remove first what an earlier run kept there.")
  private boolean fresh;

  @Option(names = "--kafka-port", paramLabel = "P", description = "Port of the broker; 19092.")
  private Integer kafkaPort;

  @Option(
      names = "--create-time",
      description = "Let records keep the time that their sender chose.")
  private boolean createTime;

  @Override
  public Integer call() throws InterruptedException {
    if (kafkaPort != null && (kafkaPort < 1 || kafkaPort > 65_535)) {
      throw CommandFailure.usage(Failures.USAGE, "--kafka-port must be from 1 to 65535.");
    }
    output.note("starting the stack");
    try (LocalStack stack = LocalStack.start(options())) {
      stack.awaitReady(READY);
      endCleanly(stack);
      output.line(stack.readyJson());
      output.out().flush();
      new CountDownLatch(1).await();
      return 0;
    }
  }

  /** Being asked to end is how this command ends; done in order, that is success. */
  private void endCleanly(LocalStack stack) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  output.note("stopping the stack");
                  stack.close();
                  Runtime.getRuntime().halt(0);
                },
                "up-end"));
  }

  private StackOptions options() {
    Path home = Path.of(System.getProperty("kagimori.home", "")).toAbsolutePath();
    StackOptions options = StackOptions.usual(home).withFresh(fresh).withCreateTime(createTime);
    options = data == null ? options : options.withData(data);
    return kafkaPort == null ? options : options.withKafkaPort(kafkaPort);
  }
}
