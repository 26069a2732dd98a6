package io.kagimori.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.agent.simulation.FleetPlan.Ask;
import io.kagimori.contracts.catalogue.Catalogue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetPlannerTest {
  @Test
  @DisplayName("SX-07 the same seed gives the same fleet, another seed another one")
  void deterministic() {
    FleetPlan plan = FleetPlanner.plan(500, 42);

    assertThat(FleetPlanner.plan(500, 42)).isEqualTo(plan);
    assertThat(FleetPlanner.plan(500, 43).waves()).isNotEqualTo(plan.waves());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 99, 1000, 2000, 5000})
  @DisplayName("A fleet of any size can be forecast to the last request")
  void forecastable(int devices) {
    FleetPlan plan = FleetPlanner.plan(devices, 7);
    Set<UUID> ids = new HashSet<>(plan.asks().map(Ask::id).toList());

    Forecast forecast = Forecast.of(plan, ids);

    Set<UUID> foreseen = new HashSet<>(forecast.certain().keySet());
    forecast.races().forEach(race -> foreseen.addAll(race.contenders()));
    assertThat(foreseen).isEqualTo(ids);
    assertThat(plan.asks().count()).isEqualTo(ids.size());
  }

  @Test
  @DisplayName("Whoever wins a race sends the same number of reports, so counts cannot vary")
  void racersAreAlike() {
    FleetPlan plan = FleetPlanner.plan(2000, 7);
    Set<UUID> ids = new HashSet<>(plan.asks().map(Ask::id).toList());
    Set<UUID> racers = new HashSet<>();
    Forecast.of(plan, ids).races().forEach(race -> racers.addAll(race.contenders()));

    assertThat(racers).isNotEmpty();
    assertThat(plan.asks().filter(ask -> racers.contains(ask.id())))
        .allSatisfy(
            ask -> {
              assertThat(ask.fate()).isEqualTo(FleetPlan.Fate.SUCCEEDS);
              assertThat(ask.reports()).hasSize(1);
              assertThat(ask.reports().get(0).copies()).isEqualTo(1);
            });
  }

  @Test
  @DisplayName("Every code that a device reports is in the catalogue")
  void realisticCodes() {
    List<String> codes =
        FleetPlanner.plan(3000, 7).asks().map(Ask::failureCode).filter(c -> c != null).toList();

    assertThat(codes)
        .isNotEmpty()
        .allMatch(code -> Catalogue.get().errorCodes().resolve(code).known());
  }

  @Test
  @DisplayName("SX-03 synthetic keys are all different and none is a published one")
  void syntheticKeys() {
    FleetPlan plan = FleetPlanner.plan(100, 7);

    assertThat(plan.keys())
        .extracting(key -> key.productKey().partialKey())
        .doesNotHaveDuplicates();
    assertThat(plan.toString())
        .doesNotContain(plan.keys().get(0).productKey().value())
        .contains(plan.keys().get(0).productKey().partialKey());
  }
}
