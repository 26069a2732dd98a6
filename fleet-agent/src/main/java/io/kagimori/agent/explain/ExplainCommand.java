package io.kagimori.agent.explain;

import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.SystemLanguage;
import io.kagimori.contracts.catalogue.Language;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a code means, why it appears and what to do. */
@Command(
    name = "explain",
    description = "What an error code or a reason means, its causes in order, the next steps.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori explain 0xC004F050",
      "  kagimori explain -1073418160 --lang ja",
      "  kagimori explain MAK_EXHAUSTED --json"
    })
public final class ExplainCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Parameters(
      paramLabel = "CODE",
      description =
          "Hexadecimal with or without 0x, signed or unsigned decimal, symbol, or one of our"
              + " reasons.")
  private String code;

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      description = "en or ja; the system's language when absent.")
  private Tongue language = Tongue.ofSystem();

  /** The languages of the texts, as they are written on the command line. */
  enum Tongue {
    en(Language.EN),
    ja(Language.JA);

    private final Language language;

    Tongue(Language language) {
      this.language = language;
    }

    static Tongue ofSystem() {
      return SystemLanguage.get() == Language.JA ? ja : en;
    }
  }

  @Override
  public Integer call() {
    ExplainedCode explained = ExplainedCode.of(code, language.language, ReasonTexts.load());
    if (output.json()) {
      output.document(explained);
    } else {
      print(explained);
    }
    return explained.known() ? Exit.DONE : Exit.NO;
  }

  private void print(ExplainedCode explained) {
    boolean ja = language == Tongue.ja;
    String name = explained.symbol() == null ? "" : " (" + explained.symbol() + ")";
    output.line(output.strong(explained.code()) + name);
    output.line(explained.title());
    if (explained.reason() != null) {
      output.line(explained.reason());
    }
    if (explained.message() != null && !explained.message().equals(explained.title())) {
      output.line((ja ? "Windows の表示: " : "Windows prints: ") + explained.message());
    }
    if (explained.ranked().isEmpty()) {
      list(ja ? "考えられる原因 (可能性の高い順)" : "Causes, most likely first", explained.causes());
      list(ja ? "対処" : "What to do", explained.steps());
      list(ja ? "コマンド" : "Commands", explained.commands());
    } else {
      output.line(ja ? "考えられる原因 (可能性の高い順)" : "Causes, most likely first");
      explained.ranked().forEach(this::print);
    }
    if (explained.source() != null) {
      output.line((ja ? "出典: " : "Source: ") + explained.source());
    }
  }

  private void print(CauseExplanation cause) {
    long percent = Math.round(100 * cause.confidence());
    output.line(
        "  %d. %s (%s, %d %%)".formatted(cause.rank(), cause.title(), cause.cause(), percent));
    for (CauseExplanation.Step step : cause.steps()) {
      output.line("     - " + step.text());
      if (step.command() != null) {
        output.line("       " + step.command());
      }
    }
  }

  private void list(String heading, List<String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    output.line(heading);
    for (int i = 0; i < entries.size(); i++) {
      output.line("  " + (i + 1) + ". " + entries.get(i));
    }
  }
}
