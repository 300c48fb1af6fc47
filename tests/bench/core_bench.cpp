// SPDX-License-Identifier: GPL-3.0-or-later
// The parts that every op passes: codec, sealing, chain, signature, compression, fold, clocks.
#include <benchmark/benchmark.h>

#include "domain/case_number.hpp"
#include "domain/case_state.hpp"
#include "domain/chain.hpp"
#include "domain/compress.hpp"
#include "domain/op_codec.hpp"

namespace {

using namespace wl;

class OneKey final : public KeyRing {
public:
    Result<SymmetricKey> sealingKey(const EntityId&, std::uint32_t* generation) override {
        *generation = 1;
        return m_key;
    }
    Result<SymmetricKey> openingKey(const EntityId&, std::uint32_t) override { return m_key; }

private:
    SymmetricKey m_key{};
};

Op opened() {
    Op op;
    op.entity.bytes[0] = 1;
    op.hlc = {1};
    CaseOpened body;
    body.fields.set(CaseField::Service, std::string("POTHOLE"));
    body.fields.set(CaseField::Priority, std::int64_t{2});
    body.fields.set(
        CaseField::Description,
        std::string("Deep hole near the school gate, two cars have hit it since Monday and the water runs over"));
    body.fields.set(CaseField::Address, std::string("12 Main St"));
    body.fields.set(CaseField::Position, GeoPoint::of(42.1, -71.1));
    body.fields.set(CaseField::RequestedAt, std::int64_t{1'600'000'000'000});
    op.body = body;
    op.agent = "a.alder";
    return op;
}

std::vector<StampedOp> history(int edits) {
    std::vector<StampedOp> ops{{{{1}, {{}, 1}}, opened()}};
    for (int i = 0; i < edits; ++i) {
        Op op;
        op.entity = ops.front().op.entity;
        op.hlc = {static_cast<std::uint64_t>(i) + 2};
        CaseEdited edit;
        edit.fields.set(CaseField::Priority, std::int64_t{1 + i % 4});
        if (i > 0) edit.preds[static_cast<std::uint8_t>(CaseField::Priority)] = {ops.back().stamp.dot};
        op.body = edit;
        ops.push_back({{op.hlc, {{}, static_cast<std::uint64_t>(i) + 2}}, op});
    }
    return ops;
}

void encode(benchmark::State& state) {
    OneKey keys;
    SeededRng rng(1);
    const auto op = opened();
    for (auto _ : state) benchmark::DoNotOptimize(encodeOp(op, {}, keys, rng));
}
BENCHMARK(encode);

void decode(benchmark::State& state) {
    OneKey keys;
    SeededRng rng(1);
    const auto bytes = *encodeOp(opened(), {}, keys, rng);
    for (auto _ : state) benchmark::DoNotOptimize(decodeOp(bytes, {}, keys));
}
BENCHMARK(decode);

void chain(benchmark::State& state) {
    OneKey keys;
    SeededRng rng(1);
    const auto bytes = *encodeOp(opened(), {}, keys, rng);
    Hash hash{};
    for (auto _ : state) benchmark::DoNotOptimize(hash = chainNext(hash, bytes));
}
BENCHMARK(chain);

void signAndVerify(benchmark::State& state) {
    SeededRng rng(1);
    const auto pair = makeKeyPair(rng);
    for (auto _ : state) {
        const auto signature = sign(pair.secretKey, "head");
        benchmark::DoNotOptimize(verify(pair.publicKey, "head", signature));
    }
}
BENCHMARK(signAndVerify);

void foldFromScratch(benchmark::State& state) {
    const auto ops = history(static_cast<int>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(foldCase(ops.front().op.entity, ops));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(ops.size()));
}
BENCHMARK(foldFromScratch)->Arg(3)->Arg(30);

void foldOpByOp(benchmark::State& state) {
    const auto ops = history(static_cast<int>(state.range(0)));
    for (auto _ : state) {
        CaseState s;
        s.id = ops.front().op.entity;
        for (const auto& op : ops) benchmark::DoNotOptimize(applyToCase(s, op));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(ops.size()));
}
BENCHMARK(foldOpByOp)->Arg(3)->Arg(30);

void number(benchmark::State& state) {
    CaseId id;
    for (auto _ : state) {
        ++id.bytes[15];
        benchmark::DoNotOptimize(caseNumber(id));
    }
}
BENCHMARK(number);

}  // namespace

BENCHMARK_MAIN();
