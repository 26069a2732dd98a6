package io.kagimori.activation.api;

import io.kagimori.activation.domain.Trouble;
import io.kagimori.contracts.catalogue.Language;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The first page of a support bundle: what a person at the vendor's desk reads first. */
final class SupportSummary {
  private final List<String> lines = new ArrayList<>();
  private final boolean japanese;

  private SupportSummary(Language language) {
    japanese = language == Language.JA;
  }

  static String text(DeviceView view, DiagnosisView diagnosis, Language language, Instant now) {
    SupportSummary summary = new SupportSummary(language);
    summary.device(view, now);
    summary.failures(view.trouble());
    summary.causes(diagnosis);
    return String.join("\n", summary.lines) + "\n";
  }

  private void device(DeviceView view, Instant now) {
    line("Support bundle of device", "サポート情報 デバイス", view.deviceId());
    line("Made at", "作成日時", now);
    line("Product", "製品", view.product());
    line("Edition", "エディション", view.edition());
    line("Build", "ビルド", view.osBuild());
    line("License channel", "ライセンスの種類", view.channel());
    line("License status", "ライセンスの状態", view.licenseStatusName());
    line("Status reason", "状態の理由", view.statusReason());
    line("Last five characters of the key", "キーの末尾 5 文字", view.partialKey());
    line("License ends", "有効期限", view.expiry() == null ? null : view.expiry().at());
    line("Age of the evidence in minutes", "情報の経過時間 (分)", view.ageMinutes());
  }

  private void failures(Trouble trouble) {
    if (trouble == null) {
      return;
    }
    lines.add("");
    line("Failed attempts", "失敗した試行", trouble.attempts());
    trouble
        .failures()
        .forEach(
            failure ->
                lines.add("  " + failure.at() + "  " + failure.reason() + "  " + failure.code()));
  }

  private void causes(DiagnosisView diagnosis) {
    lines.add("");
    lines.add(japanese ? "考えられる原因" : "Likely causes");
    for (DiagnosisView.CauseView cause : diagnosis.causes()) {
      lines.add(
          "  %d. %s (%s, %d %%)"
              .formatted(
                  cause.rank(),
                  cause.title(),
                  cause.cause(),
                  Math.round(cause.confidence() * 100)));
      cause.evidence().forEach(found -> lines.add("     + " + found.text() + " " + found.facts()));
    }
  }

  private void line(String english, String japaneseName, Object value) {
    if (value != null) {
      lines.add((japanese ? japaneseName : english) + ": " + value);
    }
  }
}
