package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Expiración de la activación por volumen | Activación de volumen, expiración",
        "Nombre de réinitialisations restantes | Réinitialisations restants (nombre)",
        "Die Volumenaktivierung läuft am ab | Volumenaktivierung läuft ab am"
      })
  @DisplayName("The same words in another order or number are the same label")
  void knowsWordsInAnotherOrder(String one, String other) {
    assertThat(LabelWords.of(one)).isNotEmpty().isEqualTo(LabelWords.of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KMS está habilitado | KMS no está habilitado",
        "Ausgabe ein Zustand | Ausgabe aus Zustand",
        "DNS publishing on | DNS publishing off"
      })
  @DisplayName("Words that negate or switch are never passed over")
  void keepsDenials(String one, String other) {
    assertThat(LabelWords.of(one)).isNotEqualTo(LabelWords.of(other));
  }

  @Test
  @DisplayName("A single word, and scripts that write words together, are left to the exact key")
  void leavesOthersToTheKey() {
    assertThat(LabelWords.of("Description")).isEmpty();
    assertThat(LabelWords.of("ライセンスの状態 ライセンス")).isEmpty();
  }

  @Test
  @DisplayName("A listing with labels in an order of their own gives its facts")
  void readsLabelsInAnotherOrder() {
    String text =
        """
        Nombre: Windows(R), Enterprise edition
        Descripción: Windows(R) Operating System, VOLUME_KMSCLIENT channel
        Clave de producto parcial: 2YT43
        Estado de la licencia: Con licencia
        Volumen, expiración de activación: 259200 minutos (180 días)
        """;

    assertThat(Collector.read("text", text.getBytes(StandardCharsets.UTF_8)).facts())
        .containsEntry("remaining_minutes", 259200)
        .containsEntry("expiration_kind", "volume");
  }
}
