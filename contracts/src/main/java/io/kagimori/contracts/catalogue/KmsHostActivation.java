package io.kagimori.contracts.catalogue;

import io.kagimori.contracts.catalogue.DataFile.Row;
import java.util.List;

/** Which KMS host key runs on which host and activates which products (kms_host_activation.csv). */
public final class KmsHostActivation {
  private final List<Coverage> rows;

  /**
   * One product activated by one host key.
   *
   * @param hostKey generation of the host key
   * @param hostOperatingSystems systems that may hold it, as written
   * @param activates product it activates, as written
   * @param kind client or server system
   * @param confidence how well founded
   * @param source where the row was read
   */
  public record Coverage(
      String hostKey,
      List<String> hostOperatingSystems,
      String activates,
      PlatformKind kind,
      Confidence confidence,
      String source) {
    public Coverage {
      hostOperatingSystems = List.copyOf(hostOperatingSystems);
    }
  }

  private KmsHostActivation(List<Coverage> rows) {
    this.rows = rows;
  }

  static KmsHostActivation load() {
    List<String> columns =
        List.of("host_key", "host_operating_systems", "activates", "kind", "confidence", "source");
    return new KmsHostActivation(
        DataFile.read("domain/kms_host_activation.csv", columns, KmsHostActivation::row));
  }

  private static Coverage row(Row row) {
    return new Coverage(
        row.text("host_key"),
        row.list("host_operating_systems"),
        row.text("activates"),
        row.constant("kind", PlatformKind.class),
        row.constant("confidence", Confidence.class),
        row.text("source"));
  }

  /** Every row, in file order. */
  public List<Coverage> all() {
    return rows;
  }

  /** What a host key of this generation activates. */
  public List<Coverage> byHostKey(String hostKey) {
    return rows.stream().filter(r -> r.hostKey().equalsIgnoreCase(hostKey)).toList();
  }
}
