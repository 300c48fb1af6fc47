// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// WhatsApp messages and SMS into the timelines that they belong to: the case of the message they answer, the number in
// their words, the case that their sender was last in touch about; else a new case of the service whose words they use.
// The same message twice is one. What became of our own messages moves those on.

#include "channels/texting/texting.hpp"
#include "engine/engine.hpp"
#include "engine/gateway/drop_folder.hpp"
#include "engine/gateway/settings.hpp"
#include "store/file_store.hpp"

namespace wl::engine {

class TextIntake {
public:
    /// Lives no longer than the engine; used by one thread.
    static Result<std::unique_ptr<TextIntake>> open(Engine& engine, const std::filesystem::path& data,
                                                    GatewaySettings::Texting settings, Channel channel);
    /// A body as it came. World: to be tried again, what is taken already is not taken twice.
    Result<Dropped> take(std::string_view body);

private:
    TextIntake(Engine& engine, store::FileStore files, GatewaySettings::Texting settings, Channel channel,
               std::unique_ptr<store::Reader> reader)
        : m_engine(engine), m_files(std::move(files)), m_settings(std::move(settings)), m_channel(channel),
          m_reader(std::move(reader)) {}
    /// False: it belongs nowhere.
    Result<bool> takeText(const texting::Text& text);
    Result<void> takeStatus(const texting::Status& status);
    Result<CaseKey> caseOf(const texting::Text& text, const std::vector<PersonId>& known);
    Result<std::vector<PersonId>> senders(const texting::Text& text);
    /// Adds to the body what could not be had.
    Result<std::vector<AttachedFile>> fetch(const texting::Text& text, std::string& body);
    Result<std::optional<std::string>> bytesOf(const texting::Media& media);

    Engine& m_engine;
    store::FileStore m_files;
    GatewaySettings::Texting m_settings;
    Channel m_channel;
    std::unique_ptr<store::Reader> m_reader;
};

}  // namespace wl::engine
